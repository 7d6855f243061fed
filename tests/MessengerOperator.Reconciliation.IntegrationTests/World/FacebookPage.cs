using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A Facebook page and the Meta app that it is connected by.</summary>
/// <param name="Id">The page's id.</param>
/// <param name="Token">Its page access token.</param>
/// <param name="Username">Its name in addresses.</param>
/// <param name="AppId">The app's id.</param>
/// <param name="AppSecret">The app's secret.</param>
internal sealed record FacebookPage(string Id, string Token, string Username, string AppId, string AppSecret) : Tenant
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <inheritdoc/>
    public override string Provider => "Facebook";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override bool IsCalledWhileRegistering => true;

    /// <inheritdoc/>
    public override AccountRequest Account => new()
    {
        Id = Id,
        Token = Token,
        Username = Username,
        Settings = new Dictionary<string, string?> { ["appId"] = AppId, ["appSecret"] = AppSecret },
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials =>
        new Dictionary<string, string> { ["pageAccessToken"] = Token, ["appSecret"] = AppSecret };

    /// <inheritdoc/>
    public override JsonObject Spec =>
        new() { ["facebook"] = new JsonObject { ["pageId"] = Id, ["pageUsername"] = Username, ["appId"] = AppId } };

    /// <summary>Facebook tells nobody of a block, and the field <c>standby</c> is not subscribed to.</summary>
    public override IReadOnlyList<MessageKind> UnwantedKinds => [MessageKind.Blocked, MessageKind.Unblocked, MessageKind.Standby];

    /// <summary>What the account itself sent, and the console's sample, which speaks of a page that nobody has.</summary>
    public override IReadOnlyList<MessageKind> SilentKinds => [MessageKind.Echo, MessageKind.TestEvent];

    /// <summary>A page of an app that no other test has.</summary>
    public static FacebookPage New() => New(NewId(), RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>One more page of the same app.</summary>
    public FacebookPage Sibling() => New(AppId, AppSecret);

    private static FacebookPage New(string appId, string appSecret)
    {
        var id = NewId();
        return new FacebookPage(id, "EAA" + RandomNumberGenerator.GetString(TokenAlphabet, 180), $"acme{id}", appId, appSecret);
    }

    private static string NewId() => RandomNumberGenerator.GetInt32(100_000_000, 1_000_000_000).ToString(CultureInfo.InvariantCulture) + "000001";
}
