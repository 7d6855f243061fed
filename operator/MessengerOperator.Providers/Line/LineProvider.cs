using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Line;

/// <summary>LINE's Messaging API (read as of July 2026).</summary>
internal sealed class LineProvider : IProvider
{
    private static readonly CredentialField[] Fields =
    [
        new(LineCredentials.ChannelAccessToken, Required: true, LineCredentials.TokenProblem),
        new(LineCredentials.ChannelSecret, Required: true, LineCredentials.SecretProblem),
    ];

    private static readonly VerificationKey[] Keys = [new(LineCredentials.ChannelSecret, LineCredentials.ChannelSecret)];

    public string Name => "Line";

    public IProviderWebhook Webhook { get; } = new LineWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => Fields;

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => Keys;

    public string ManualSteps(ProviderSettings settings, string tokenSecret) => LineConsole.PasteTheUrl;

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new LineAccounts(new LineClient(http), http.Time);
}
