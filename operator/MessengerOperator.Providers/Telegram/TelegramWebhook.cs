using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Telegram's webhook half.</summary>
internal sealed class TelegramWebhook : IProviderWebhook;
