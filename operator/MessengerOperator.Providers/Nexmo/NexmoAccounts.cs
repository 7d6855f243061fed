using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Nexmo's account half: tests the account, and hands registrations to the part of the account that they are for.</summary>
internal sealed class NexmoAccounts(NexmoClient client, ProviderHttp http) : IProviderAccounts
{
    private const string OtherKey = "Vonage answers for another account than spec.nexmo.apiKey; correct the key or the base address.";
    private const string OtherPrivateKey =
        "The private key is not that of the application in spec.nexmo.applicationId; store the key that Vonage gave for it, or have Vonage generate a new one.";

    private const string Unsigned =
        "Requests are not signed: whoever learns the webhook's path can forge messages. Ask Vonage support to switch signing on, then set spec.nexmo.inboundVerification to Signature.";

    private const string WrongVersion = "The application delivers messages in version v0.1, which cannot be read; choose v1 in Vonage's dashboard.";

    private static readonly Secret NothingUnreadable = new("");

    public async Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var settings = new NexmoSettings(account.Settings);
        var login = new NexmoLogin(account, settings.ApiKey ?? "", NexmoEndpoints.Api(account.Settings, http));
        var answer = await client.GetSecretsAsync(login, cancellationToken);
        if (!answer.TryGet(out var secrets, out var failure))
        {
            return failure;
        }

        if (secrets.Object("_embedded")?.Array("secrets") is null)
        {
            return new ProviderFailure.Unavailable("the answer lists no secrets");
        }

        if (secrets.Object("_links")?.Object("self")?.Text("href") is { } self && !self.Contains($"/{login.ApiKey}/", StringComparison.Ordinal))
        {
            return new ProviderFailure.AccountMismatch(OtherKey, Detail: null);
        }

        var identity = new AccountIdentity(login.ApiKey, Username: null, DisplayName: null) { Warnings = settings.TrustsPath ? [Unsigned] : [] };
        return settings.IsMessages ? await TestApplicationAsync(login, settings, identity, cancellationToken) : identity;
    }

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken) =>
        Registration(target.Scope, out var scope) is { } registration ? await registration.ObserveAsync(Login(account, scope), target, cancellationToken) : Unknown();

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken) =>
        Registration(target.Scope, out var scope) is { } registration ? await registration.RegisterAsync(Login(account, scope), target, cancellationToken) : Unknown();

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        if (Registration(webhook.Scope, out var scope) is not { } registration)
        {
            return Unknown();
        }

        var login = new NexmoLogin(account, webhook.AccountId, NexmoEndpoints.ForRemoval(account.Settings, scope!, http));
        return await registration.DeregisterAsync(login, webhook, cancellationToken);
    }

    // All that is registered can be read back.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => NothingUnreadable;

    // The secret does not tell the key; the spec does.
    public string? AccountIdOf(ProviderAccount account) => new NexmoSettings(account.Settings).ApiKey;

    private async Task<ProviderResult<AccountIdentity>> TestApplicationAsync(
        NexmoLogin login, NexmoSettings settings, AccountIdentity identity, CancellationToken cancellationToken)
    {
        var answer = await client.GetApplicationAsync(login, settings.ApplicationId ?? "", cancellationToken);
        if (!answer.TryGet(out var application, out var failure))
        {
            return failure;
        }

        // Costs nothing and proves that what is signed with the key will be accepted.
        return NexmoPrivateKey.Matches(login.Account.Credential(NexmoCredentials.PrivateKey), application.PublicKey)
            ? identity with { DisplayName = application.Name, Warnings = application.DeliversOtherVersion ? [WrongVersion] : [] }
            : new ProviderFailure.AccountMismatch(OtherPrivateKey, Detail: null);
    }

    private INexmoRegistration? Registration(RegistrationScope named, out NexmoScope? scope)
    {
        scope = NexmoScope.Read(named);
        return scope switch
        {
            NexmoScope.Account => new NexmoAccountRegistration(client),
            NexmoScope.Number number => new NexmoNumberRegistration(client, number.Value),
            NexmoScope.Application application => new NexmoApplicationRegistration(client, application.Id),
            _ => null,
        };
    }

    private NexmoLogin Login(ProviderAccount account, NexmoScope? scope) => new(
        account,
        new NexmoSettings(account.Settings).ApiKey ?? "",
        scope is NexmoScope.Application ? NexmoEndpoints.Api(account.Settings, http) : NexmoEndpoints.Rest(account.Settings, http));

    private static ProviderFailure.Rejected Unknown() =>
        new("The ledger names a registration that this version of the operator does not know.", Retry: false, Detail: null);
}
