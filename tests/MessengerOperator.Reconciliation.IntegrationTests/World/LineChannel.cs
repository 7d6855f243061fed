using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A LINE channel with its bot.</summary>
/// <param name="Id">The bot's user id.</param>
/// <param name="Token">Its channel access token.</param>
/// <param name="ChannelSecret">What its webhooks are signed with.</param>
/// <param name="BasicId">Its public name, with the @.</param>
internal sealed record LineChannel(string Id, string Token, string ChannelSecret, string BasicId) : Tenant
{
    /// <inheritdoc/>
    public override string Provider => "Line";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override bool IsCalledWhileRegistering => true;

    /// <inheritdoc/>
    public override AccountRequest Account => new()
    {
        Id = Id,
        Token = Token,
        Username = BasicId,
        Settings = new Dictionary<string, string?> { ["channelSecret"] = ChannelSecret },
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials =>
        new Dictionary<string, string> { ["channelAccessToken"] = Token, ["channelSecret"] = ChannelSecret };

    /// <inheritdoc/>
    public override JsonObject Spec => new() { ["displayName"] = BasicId };

    /// <summary>A channel that no other test has.</summary>
    public static LineChannel New()
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new LineChannel($"U{id}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(128)), RandomNumberGenerator.GetHexString(32, lowercase: true), $"@{id[..8]}");
    }
}
