using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>A registered webhook, what was asked for, and the connections to it.</summary>
internal sealed record TelegramWebhook(Registration Registration, string RequestedIpAddress, WebhookConnection Connection);
