using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>Pigeon Post: a messenger that does not exist, as small as a provider can be. See docs/add-a-provider.md.</summary>
internal sealed class PigeonProvider : IProvider
{
    private static readonly CredentialField[] Fields =
    [
        new(PigeonCredentials.ApiToken, Required: true, PigeonCredentials.Problem),
        new(PigeonCredentials.SigningSecret, Required: true, PigeonCredentials.Problem),
    ];

    // The receiver gets the signing secret and not the token: it needs no more.
    private static readonly VerificationKey[] Keys = [new(PigeonCredentials.SigningSecret, PigeonCredentials.SigningSecret)];

    public string Name => "Pigeon";

    public IProviderWebhook Webhook { get; } = new PigeonWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => Fields;

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => Keys;

    public string ManualSteps(ProviderSettings settings, string tokenSecret) => "In Pigeon Post's console, Loft, Deliveries: paste the URL in status.webhook.url.";

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new PigeonAccounts(new PigeonClient(http));
}
