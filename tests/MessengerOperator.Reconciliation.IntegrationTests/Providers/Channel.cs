using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>A channel of LINE's Messaging API.</summary>
/// <param name="Id">The bot's user id.</param>
/// <param name="Token">Its channel access token.</param>
/// <param name="Secret">Its channel secret.</param>
internal sealed record Channel(string Id, string Token, string Secret) : Tenant
{
    private const string Hex = "0123456789abcdef";

    /// <inheritdoc/>
    public override string Provider => "Line";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <summary>Its basic id.</summary>
    public string BasicId => $"@{Id[^8..]}";

    /// <inheritdoc/>
    public override AccountRequest Account => new()
    {
        Token = Token,
        Id = Id,
        Username = BasicId,
        Settings = new Dictionary<string, string?> { ["channelSecret"] = Secret },
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["channelAccessToken"] = Token, ["channelSecret"] = Secret };

    /// <inheritdoc/>
    public override JsonObject Spec => new() { ["displayName"] = BasicId };

    /// <inheritdoc/>
    public override bool IsCalledWhileRegistering => true;

    /// <inheritdoc/>
    public override IReadOnlyList<MessageKind> SilentKinds => [MessageKind.Probe];

    /// <summary>A channel that no other test has.</summary>
    public static Channel New() => new(
        "U" + RandomNumberGenerator.GetString(Hex, 32), Convert.ToBase64String(RandomNumberGenerator.GetBytes(128)), RandomNumberGenerator.GetString(Hex, 32));
}
