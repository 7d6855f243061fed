using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A Viber bot.</summary>
/// <param name="Id">Its account id.</param>
/// <param name="Token">Its authentication token.</param>
/// <param name="Username">Its URI.</param>
internal sealed record ViberBot(string Id, string Token, string Username) : Tenant
{
    /// <inheritdoc/>
    public override string Provider => "Viber";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override bool IsCalledWhileRegistering => true;

    /// <inheritdoc/>
    public override AccountRequest Account => new() { Id = Id, Token = Token, Username = Username };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["authToken"] = Token };

    /// <inheritdoc/>
    public override JsonObject Spec => new() { ["viber"] = new JsonObject { ["botUsername"] = Username } };

    /// <summary>A bot that no other test has.</summary>
    public static ViberBot New()
    {
        var number = RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
        var token = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetHexString(16, lowercase: true)));
        return new ViberBot($"pa:750000000{number}", token, $"acme{number}");
    }
}
