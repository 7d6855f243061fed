using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Viber;

/// <summary>Viber's REST Bot API.</summary>
internal sealed class ViberProvider : IProvider
{
    private static readonly CredentialField[] Fields = [new(ViberCredentials.AuthToken, Required: true, ViberCredentials.Problem)];

    // Viber has no separate signing secret: the token that commands the bot also signs what it sends.
    private static readonly VerificationKey[] Keys = [new(ViberCredentials.AuthToken, ViberCredentials.AuthToken)];

    public string Name => "Viber";

    public IProviderWebhook Webhook { get; } = new ViberWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => Fields;

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => Keys;

    public string ManualSteps(ProviderSettings settings, string tokenSecret) =>
        "Viber has no page for it: call set_webhook of the REST Bot API with the bot's authentication token, the URL in status.webhook.url as url, and send_name true. No webhook token is needed.";

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new ViberAccounts(new ViberClient(http));
}
