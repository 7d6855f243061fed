using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Facebook Messenger: pages of a Meta app, through the Graph API (<see cref="FacebookClient.ApiVersion"/>).</summary>
internal sealed class FacebookProvider : IProvider
{
    /// <summary>Field of the block: the page's id.</summary>
    internal const string PageId = "pageId";

    /// <summary>Field of the block: the page's public name; optional.</summary>
    internal const string PageUsername = "pageUsername";

    /// <summary>Field of the block: the id of the Meta app; missing only with manual registration.</summary>
    internal const string AppId = "appId";

    /// <summary>The verification key of POSTs; also the credential that it is.</summary>
    internal const string AppSecret = FacebookCredentials.AppSecret;

    /// <summary>The verification key of the GET challenge.</summary>
    internal const string VerifyToken = "verifyToken";

    private static readonly CredentialField[] Fields =
    [
        new(FacebookCredentials.PageAccessToken, Required: true, FacebookCredentials.PageAccessTokenProblem),
        new(FacebookCredentials.AppSecret, Required: true, FacebookCredentials.AppSecretProblem),
        new(FacebookCredentials.WebhookVerifyToken, Required: false, FacebookCredentials.VerifyTokenProblem),
    ];

    private static readonly VerificationKey SigningKey = new(AppSecret, FacebookCredentials.AppSecret);
    private static readonly VerificationKey[] KeysWithGeneratedToken = [SigningKey, new(VerifyToken, CredentialField: null, HandshakeOnly: true)];
    private static readonly VerificationKey[] KeysWithOwnToken = [SigningKey, new(VerifyToken, FacebookCredentials.WebhookVerifyToken, HandshakeOnly: true)];

    public string Name => "Facebook";

    public IProviderWebhook Webhook { get; } = new FacebookWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => Fields;

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => HasOwnToken(settings) ? KeysWithOwnToken : KeysWithGeneratedToken;

    // The app's webhook says where to, the page's subscription what; only what both have is delivered.
    public IReadOnlyList<RegistrationScope> Scopes(ProviderSettings settings) => (settings.Text(AppId), settings.Text(PageId)) switch
    {
        ({ } app, { } page) => [FacebookScope.OfApp(app), FacebookScope.OfPage(page, app)],
        _ => RegistrationScope.AccountOnly,
    };

    public string ManualSteps(ProviderSettings settings, string tokenSecret)
    {
        var token = HasOwnToken(settings)
            ? "the value that spec.facebook.webhookVerifyToken refers to"
            : $"the value under the key 'token' of Secret '{tokenSecret}'";
        return "In the dashboard of the Meta app, Messenger, Messenger API settings, Configure webhooks: paste the URL in status.webhook.url as Callback URL and "
            + $"{token} as Verify token, press Verify and save; then subscribe the app and the page to the fields {string.Join(", ", FacebookFields.Wanted)}.";
    }

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new FacebookAccounts(new FacebookClient(http), http.Time);

    private static bool HasOwnToken(ProviderSettings settings) =>
        settings.Block.ValueKind == JsonValueKind.Object
        && settings.Block.TryGetProperty(FacebookCredentials.WebhookVerifyToken, out var token)
        && token.ValueKind == JsonValueKind.Object;
}
