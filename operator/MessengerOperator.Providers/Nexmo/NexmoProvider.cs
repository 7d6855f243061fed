using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Vonage, formerly Nexmo: the SMS API (mode Sms) and the Messages API (mode Messages).</summary>
internal sealed class NexmoProvider : IProvider
{
    /// <summary>Name of the verification key in both modes, when Vonage signs.</summary>
    internal const string SignatureSecret = "signatureSecret";

    /// <summary>Name of the verification key when nothing but the path tells genuine requests.</summary>
    internal const string PathToken = "pathToken";

    private static readonly VerificationKey[] BySignature = [new(SignatureSecret, NexmoCredentials.SignatureSecret)];
    private static readonly VerificationKey[] ByPath = [new(PathToken, CredentialField: null)];

    public string Name => "Nexmo";

    public IProviderWebhook Webhook { get; } = new NexmoWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => NexmoCredentials.Of(new(settings));

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => PathCarriesToken(settings) ? ByPath : BySignature;

    public IReadOnlyList<RegistrationScope> Scopes(ProviderSettings settings) => NexmoScope.Of(new(settings));

    public bool PathCarriesToken(ProviderSettings settings) => new NexmoSettings(settings).TrustsPath;

    public Uri? ApiBaseUrl(ProviderSettings settings, RegistrationScope scope) => NexmoEndpoints.InSettings(settings, NexmoScope.Read(scope));

    public string ManualSteps(ProviderSettings settings, string tokenSecret) => NexmoManualSteps.Of(new(settings), tokenSecret);

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new NexmoAccounts(new NexmoClient(http), http);
}
