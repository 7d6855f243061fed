using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>What the steps of one pass hand to each other. What a step sets may be read by later steps only.</summary>
internal sealed class MessengerIntegrationContext(MessengerIntegration entity, IntegrationMemory memory)
    : PipelineContext<MessengerIntegration, MessengerIntegrationStatus>(entity)
{
    private IProvider? _provider;
    private ProviderAccount? _account;
    private WebhookSecret? _webhook;
    private AccountIdentity? _identity;
    private ResolvedSink? _sink;
    private Uri? _webhookUrl;
    private MemberSecrets? _files;

    /// <summary>What is remembered from earlier passes.</summary>
    public IntegrationMemory Memory { get; } = memory;

    public string Uid => Entity.Metadata.Uid;

    public string Namespace => Entity.Metadata.NamespaceProperty;

    public string ProviderName => Entity.Spec.Provider.ToString();

    /// <summary>Time between checks of a healthy account, jittered.</summary>
    public TimeSpan CheckInterval { get; } = CheckClock.Jittered(entity.Spec.CheckInterval.IsValid ? entity.Spec.CheckInterval.Value : CheckClock.Default, entity.Metadata.Uid);

    /// <summary>The value of the annotation that asks for tests at once; null when there is none.</summary>
    public string? RequestedAt { get; } = entity.Metadata.Annotations?.TryGetValue(MessengerIntegrationAnnotations.RequestedAt, out var value) == true ? value : null;

    /// <summary>Whether that annotation has a value that no earlier pass has acted upon.</summary>
    public bool IsRequested { get; } =
        entity.Metadata.Annotations?.TryGetValue(MessengerIntegrationAnnotations.RequestedAt, out var value) == true
        && value != (memory.TriedRequest ?? entity.Status?.LastHandledRequest);

    /// <summary>The provider; set by AcceptSpec.</summary>
    public IProvider Provider
    {
        get => Set(_provider);
        set => _provider = value;
    }

    /// <summary>The provider's block of the spec; set by AcceptSpec.</summary>
    public ProviderSettings Settings { get; set; }

    /// <summary>The registrations that the account has, in the order in which they are made.</summary>
    public IReadOnlyList<RegistrationScope> Scopes => Provider.Scopes(Settings);

    /// <summary>Shared scopes that an older integration writes; set by ClaimAccount.</summary>
    public HashSet<RegistrationScope> ScopesOfOthers { get; } = [];

    /// <summary>Where the credentials are kept, by field; set by ResolveSecrets.</summary>
    public IReadOnlyDictionary<string, SecretKeySelector> CredentialSelectors { get; set; } = new Dictionary<string, SecretKeySelector>();

    /// <summary>Settings and credentials; set by ResolveSecrets.</summary>
    public ProviderAccount Account
    {
        get => Set(_account);
        set => _account = value;
    }

    /// <summary>The webhook token and the generated probe key; set by ResolveSecrets.</summary>
    public WebhookSecret Webhook
    {
        get => Set(_webhook);
        set => _webhook = value;
    }

    /// <summary>The account as the provider tells it; set by TestConnection.</summary>
    public AccountIdentity Identity => Set(_identity);

    /// <summary>Where events go; set by ResolveSink.</summary>
    public ResolvedSink Sink
    {
        get => Set(_sink);
        set => _sink = value;
    }

    /// <summary>Where events go that the sink refuses for good; null keeps them in the spool. Set by ResolveSink.</summary>
    public ResolvedSink? DeadLetterSink { get; set; }

    /// <summary>The values of both sinks' secrets, by the member's keys; set by ResolveSink.</summary>
    public IReadOnlyDictionary<string, Secret> SinkValues { get; set; } = new Dictionary<string, Secret>();

    /// <summary>What the receiver is to have of this integration's secrets; set by DeployReceiver.</summary>
    public MemberSecrets Files
    {
        get => Set(_files);
        set => _files = value;
    }

    /// <summary>Until when receivers that run may not have loaded <see cref="Files"/> yet; null when they have. Set by DeployReceiver.</summary>
    public DateTime? LoadingUntil { get; set; }

    /// <summary>Whether the URL stays routed as it is: a former receiver serves the integration and this one may have to load its files yet. Set by DeployReceiver.</summary>
    public bool HoldsRoute { get; set; }

    /// <summary>
    /// How long the provider is not told anything, since a receiver may not know yet what it is going to be sent; null when there is no reason to wait. Set by ProbeEndpoint.
    /// </summary>
    public TimeSpan? HoldsRegistrationFor { get; set; }

    /// <summary>Path under which the provider calls; without the token where <see cref="PathCarriesToken"/>. A webhook that the group shares has the group's.</summary>
    public string WebhookPath => WebhookAddress.Path(Entity, Scopes);

    /// <summary>Whether the webhook token ends the path, since the provider signs nothing.</summary>
    public bool PathCarriesToken => Provider.PathCarriesToken(Settings);

    /// <summary>The URL that the provider delivers to, which may hold a token; set by ProbeEndpoint.</summary>
    public Uri WebhookUrl
    {
        get => Set(_webhookUrl);
        set => _webhookUrl = value;
    }

    /// <summary>The same as status, Events and the ledger show it: a token in it is masked.</summary>
    public Uri ShownWebhookUrl => PathCarriesToken ? MaskedUrl.Show(WebhookUrl, Webhook.Tokens) : WebhookUrl;

    /// <summary>The registration of a scope that we want.</summary>
    public WebhookTarget TargetOf(RegistrationScope scope) => new(WebhookUrl, Webhook.Token) { Scope = scope, OwnsScope = !ScopesOfOthers.Contains(scope) };

    /// <summary>The ledger's entry of a scope at the wanted URL; null when there is none.</summary>
    public RegistrationStatus? EntryOf(RegistrationScope scope) => Ledger.Find(Identity.Id, scope.Name, ShownWebhookUrl.AbsoluteUri);

    /// <summary>Whether the ledger says of every scope that the provider confirmed it.</summary>
    public bool IsRegistered => Scopes.All(scope => EntryOf(scope)?.State == RegistrationState.Active);

    /// <summary>The ledger in status.</summary>
    public Ledger Ledger
    {
        get => Ledger.Of(Status);
        set => Update(status => status with { Registrations = value.Entries.Count == 0 ? null : value.Entries });
    }

    /// <summary>Changes the status that the pass will write.</summary>
    public void Update(Func<MessengerIntegrationStatus, MessengerIntegrationStatus> change) => Status = change(Status);

    /// <summary>Takes over what the provider says of the account, and shows it.</summary>
    public void Identify(AccountIdentity identity)
    {
        _identity = identity;
        Update(status => status with
        {
            Account = new AccountStatus
            {
                Id = identity.Id,
                Username = identity.Username ?? identity.Id,
                DisplayName = identity.DisplayName,
                CredentialsExpireAt = Expiry(identity.CredentialsExpireAt?.UtcDateTime, status.Account?.CredentialsExpireAt),
            },
        });
    }

    // Some providers tell the seconds that are left, so each answer computes to a slightly other time; what means the same is not written again.
    private static DateTime? Expiry(DateTime? told, DateTime? shown)
    {
        if (told is not { } time)
        {
            return null;
        }

        return shown is { } before && (time - before).Duration() < TimeSpan.FromMinutes(10) ? before : time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
    }

    private static T Set<T>(T? value)
        where T : class => value ?? throw new InvalidOperationException($"No earlier step has set the {typeof(T).Name}.");
}
