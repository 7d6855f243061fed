using System.Globalization;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>What the server demands of a token's shape, which is less than a secret's strength would.</summary>
internal static class TelegramToken
{
    private const int MaxLength = 80;

    /// <summary>The bot id in front of the colon; false when the token is malformed.</summary>
    public static bool TryGetBotId(string token, out long botId)
    {
        botId = 0;
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && token.Length <= MaxLength
            && token[0] != '0'
            && !token.Contains('/', StringComparison.Ordinal)
            && long.TryParse(token.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out botId)
            && botId is > 0 and < 1L << 54;
    }

    /// <summary>A made-up token of the usual shape.</summary>
    public static string New(long botId) =>
        string.Create(CultureInfo.InvariantCulture, $"{botId}:{System.Security.Cryptography.RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", 35)}");
}
