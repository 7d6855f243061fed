using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Telegram;

/// <summary>What <c>getWebhookInfo</c> says of deliveries.</summary>
internal static class TelegramDelivery
{
    public static DeliveryReport Report(TelegramWebhookInfo info, ProviderAccount account) => new(
        info.PendingUpdateCount,
        info.LastErrorDate is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        Kind(info.LastErrorMessage),
        ProviderText.Sanitise(info.LastErrorMessage, account));

    // There is no code, only the text; an unknown one is Other and loses nothing but the finer reason.
    private static DeliveryError Kind(string? message) => message switch
    {
        null or "" => DeliveryError.None,
        _ when message.StartsWith("Wrong response", StringComparison.Ordinal) => DeliveryError.BadStatus,
        _ when message.StartsWith("SSL error", StringComparison.Ordinal) => DeliveryError.Tls,
        _ when message.Contains("timed out", StringComparison.Ordinal) || message.Contains("timeout", StringComparison.OrdinalIgnoreCase) => DeliveryError.Timeout,
        _ when message.StartsWith("Connection", StringComparison.Ordinal)
            || message.StartsWith("Can't connect", StringComparison.Ordinal)
            || message.StartsWith("Webhook connection closed", StringComparison.Ordinal) => DeliveryError.ConnectionFailed,
        _ => DeliveryError.Other,
    };
}
