using System.Globalization;
using System.Security.Cryptography;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A Telegram bot.</summary>
/// <param name="Id">Its account id, the token's first part.</param>
/// <param name="Token">Its API token.</param>
/// <param name="Username">Its username.</param>
internal sealed record Bot(string Id, string Token, string Username)
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /// <summary>A bot that no other test has.</summary>
    public static Bot New()
    {
        var id = RandomNumberGenerator.GetInt32(100_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);
        return new Bot(id, NewToken(id), $"acme_{id}_bot");
    }

    /// <summary>The same bot after its token was revoked.</summary>
    public Bot WithNewToken() => this with { Token = NewToken(Id) };

    private static string NewToken(string id) => $"{id}:{RandomNumberGenerator.GetString(TokenAlphabet, 35)}";
}
