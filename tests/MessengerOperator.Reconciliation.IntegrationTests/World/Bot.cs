using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A Telegram bot.</summary>
/// <param name="Id">Its account id, the token's first part.</param>
/// <param name="Token">Its API token.</param>
/// <param name="Username">Its username.</param>
internal sealed record Bot(string Id, string Token, string Username) : Tenant
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /// <inheritdoc/>
    public override string Provider => "Telegram";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override AccountRequest Account => new() { Token = Token, Username = Username };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["apiToken"] = Token };

    /// <inheritdoc/>
    public override JsonObject Spec => new() { ["telegram"] = new JsonObject { ["botUsername"] = Username } };

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
