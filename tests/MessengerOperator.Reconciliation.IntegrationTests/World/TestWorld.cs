using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Inbox;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.TestKit;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>All that one test needs, and nobody else's: a namespace, a provider with one account, an operator, and pods that become ready; with real receivers where a test wants them.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    private const string SecretName = "acme-telegram";

    private readonly ControlPlane _plane;
    private readonly WorldOptions _options;
    private readonly LiveReceivers _receivers;
    private PublicEndpoint? _endpoint;
    private InboxApp? _inbox;
    private ReceiverStatusStub? _management;
    private Uri _address = new("http://127.0.0.1:0");
    private SimulatedProvider? _provider;
    private OperatorUnderTest? _operator;

    private TestWorld(ControlPlane plane, string ns, WorldOptions options)
    {
        (_plane, Namespace, _options) = (plane, ns, options);
        Tenant = options.Tenant ?? Bot.New();
        _receivers = new LiveReceivers(plane.Client, ns);
        Integrations = new Integrations(plane.Client, ns);
        History = new StatusHistory(Integrations.Client, ns);
        Receiver = new ReceiverObjects(plane.Client, ns);
        Routes = new RouteObjects(plane.Client, ns);
        Pods = new PodActor(plane.Client, ns) { Act = options.Pods };
    }

    public string Namespace { get; }

    /// <summary>The account that the test is about.</summary>
    public Tenant Tenant { get; }

    /// <summary>The same where it is a bot.</summary>
    public Bot Bot => (Bot)Tenant;

    public Kubernetes Client => _plane.Client;

    public Integrations Integrations { get; }

    public StatusHistory History { get; }

    public ReceiverObjects Receiver { get; }

    /// <summary>What leads to the receivers.</summary>
    public RouteObjects Routes { get; }

    /// <summary>The objects of the receiver of a group.</summary>
    public GroupObjects Group(string name) => new(Client, Namespace, name);

    /// <summary>Plays the kubelet.</summary>
    public PodActor Pods { get; }

    public OperatorUnderTest Operator => _operator ?? throw new InvalidOperationException("The operator does not run.");

    public SimulatedProvider Provider => _provider ?? throw new InvalidOperationException("The provider does not run.");

    /// <summary>Where the receivers' events go.</summary>
    public InboxApp Inbox => _inbox ?? throw new InvalidOperationException("This world has no inbox.");

    /// <summary>What answers at the public host.</summary>
    public PublicEndpoint Endpoint => _endpoint ?? throw new InvalidOperationException("This world has no receivers.");

    /// <summary>The webhook of the account as the provider has it; null when there is none.</summary>
    public async Task<Registration?> WebhookAsync() => (await Provider.RegistrationAsync()).Current;

    public static async Task<TestWorld> StartAsync(ControlPlane plane, WorldOptions? options = null)
    {
        // Not deleted in the end: the control plane goes with the test run, and finalizers without an operator would only keep it busy.
        options ??= new WorldOptions();
        var inbox = options.Receives ? await InboxApp.StartAsync(new InboxOptions(), TestContext.Current.CancellationToken) : null;
        var management = options.Receives ? await ReceiverStatusStub.StartAsync() : null;
        options = inbox is null || management is null ? options : management.AddTo(options with { Sink = inbox.EventsUri });
        var world = new TestWorld(plane, (await plane.NewNamespaceAsync()).Name, options) { _inbox = inbox, _management = management };
        if (options.Receives)
        {
            management?.Answers(world._receivers.StatusAsync);
            world._endpoint = await PublicEndpoint.StartAsync(SimulatedProvider.PublicHost);
            world._endpoint.Handler = world._receivers.HandleAsync;
        }

        await world.StartProviderAsync();
        if (!world._options.ProviderRuns)
        {
            await world.StopProviderAsync();
        }

        await world.StartOperatorAsync();
        return world;
    }

    /// <summary>A world with an integration "acme" that is Ready.</summary>
    public static async Task<TestWorld> StartReadyAsync(ControlPlane plane, WorldOptions? options = null, string? change = null)
    {
        var world = await StartAsync(plane, options);
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", world.Tenant, change);
        await world.IsReadyAsync("acme");
        return world;
    }

    public async Task StartOperatorAsync(IReadOnlyList<string>? alsoIn = null) =>
        _operator = await OperatorUnderTest.StartAsync(_plane, [Namespace, .. alsoIn ?? []], _address, _options);

    public async Task StopOperatorAsync()
    {
        await Operator.DisposeAsync();
        _operator = null;
    }

    /// <summary>Starts the provider, at the address that it had before, with the account and no webhook.</summary>
    public async Task StartProviderAsync()
    {
        _provider = await SimulatedProvider.StartAsync(_address, Tenant, _endpoint);
        _address = _provider.Address;
        await AddAsync(Tenant);
    }

    /// <summary>From now on connections to the provider are refused.</summary>
    public async Task StopProviderAsync()
    {
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
        _provider = null;
    }

    public Task AddBotAsync(Bot bot) => AddAsync(bot);

    /// <summary>Lets the provider have one more account.</summary>
    public Task AddAsync(Tenant tenant) => Provider.AddAsync(tenant, _options.LocalMode);

    /// <summary>Creates the example's Secret with an account's credentials.</summary>
    /// <param name="tenant">Whose; null is the test's account.</param>
    /// <param name="name">The Secret's name in place of the example's.</param>
    public async Task CreateCredentialsAsync(Tenant? tenant = null, string? name = null)
    {
        tenant ??= Tenant;
        var secret = await ExampleFiles.SecretAsync(tenant.Folder, tenant.SecretFile);
        Assert.Equal(secret.StringData.Keys.Order(), tenant.Credentials.Keys.Order());
        secret.Metadata.Name = name ?? secret.Metadata.Name;
        secret.StringData = new Dictionary<string, string>(tenant.Credentials);
        await Client.CoreV1.CreateNamespacedSecretAsync(secret, Namespace, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Changes some values of the example's Secret.</summary>
    public async Task ChangeCredentialsAsync(IReadOnlyDictionary<string, string> changes, string? name = null)
    {
        name ??= (await ExampleFiles.SecretAsync(Tenant.Folder, Tenant.SecretFile)).Metadata.Name;
        var values = new JsonObject([.. changes.Select(change => KeyValuePair.Create(change.Key, (JsonNode?)change.Value))]);
        await Client.CoreV1.PatchNamespacedSecretAsync(
            new V1Patch(new JsonObject { ["stringData"] = values }.ToJsonString(), V1Patch.PatchType.MergePatch),
            name, Namespace, cancellationToken: TestContext.Current.CancellationToken);
    }

    public Task CreateSecretAsync(string? token = null, string name = SecretName, string key = "apiToken") =>
        Client.CoreV1.CreateNamespacedSecretAsync(Build.Secret(Namespace, name, (key, token ?? Bot.Token)), Namespace, cancellationToken: TestContext.Current.CancellationToken);

    public Task ChangeSecretAsync(string token, string name = SecretName, string key = "apiToken") =>
        Client.CoreV1.ReplaceNamespacedSecretAsync(Build.Secret(Namespace, name, (key, token)), name, Namespace, cancellationToken: TestContext.Current.CancellationToken);

    public Task DeleteSecretAsync(string name = SecretName) =>
        Client.CoreV1.DeleteNamespacedSecretAsync(name, Namespace, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A value of the Secret that the operator generated.</summary>
    public async Task<string> GeneratedAsync(string name, string key)
    {
        var secret = await Client.CoreV1.ReadNamespacedSecretAsync(ChildNames.WebhookSecret(name), Namespace, cancellationToken: TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(secret.Data[key]);
    }

    /// <summary>Changes a value of that Secret by hand.</summary>
    public Task ChangeGeneratedAsync(string name, string key, string value) => Client.CoreV1.PatchNamespacedSecretAsync(
        new V1Patch(new JsonObject { ["stringData"] = new JsonObject { [key] = value } }.ToJsonString(), V1Patch.PatchType.MergePatch),
        ChildNames.WebhookSecret(name), Namespace, cancellationToken: TestContext.Current.CancellationToken);

    public Task DeleteNamespaceAsync() => Client.CoreV1.DeleteNamespaceAsync(Namespace, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Waits until the namespace is gone.</summary>
    public Task NamespaceGoesAsync() => Eventually.Holds(async () =>
        (await Client.CoreV1.ListNamespaceAsync(fieldSelector: $"metadata.name={Namespace}", cancellationToken: TestContext.Current.CancellationToken)).Items.Count == 0);

    /// <summary>The Events about an integration.</summary>
    public async Task<IReadOnlyList<Corev1Event>> EventsAsync(string name) =>
        [.. (await Client.CoreV1.ListNamespacedEventAsync(Namespace, cancellationToken: TestContext.Current.CancellationToken)).Items
            .Where(item => item.InvolvedObject.Name == name && item.InvolvedObject.Kind == MessengerIntegration.KubeKind)];

    /// <summary>Waits for an Event with that reason whose text contains <paramref name="says"/>.</summary>
    public Task TellsAsync(string name, string reason, string says, string type = "Warning") => Eventually.Gets(
        () => EventsAsync(name),
        events => events.Any(item => item.Reason == reason && item.Type == type && item.Message.Contains(says, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Waits until an integration is Ready and all the rules hold.</summary>
    public async Task<MessengerIntegration> IsReadyAsync(string name, TimeSpan? within = null)
    {
        var ready = await Integrations.BecomesAsync(name, integration => integration.IsReady, within);
        ObeysTheRules(ready);
        return ready;
    }

    /// <summary>
    /// Waits until a condition has that reason and Ready has it too, an Event says what to do, the rules of kstatus hold, and further passes are idle.
    /// </summary>
    public async Task<MessengerIntegration> IsHeldUpAsync(string name, string condition, string reason, string says, string status = "False", bool stalled = true, int calls = 0)
    {
        var held = await Integrations.BecomesAsync(
            name, integration => integration.Has(condition, status, reason) && integration.Has(MessengerIntegrationConditions.Ready, status, reason));
        Assert.Equal(stalled, held.Has(MessengerIntegrationConditions.Stalled, "True", reason));
        ObeysTheRules(held);
        await TellsAsync(name, reason, says);
        await FurtherPassesAreIdleAsync(name, calls);
        return held;
    }

    /// <summary>
    /// Wakes an integration three times and sees that nothing is written and nobody is asked: neither a spurious wake-up nor a hot loop costs anything.
    /// </summary>
    /// <param name="name">The integration.</param>
    /// <param name="calls">How many calls to the provider the slow retries may add meanwhile.</param>
    public async Task FurtherPassesAreIdleAsync(string name, int calls = 0)
    {
        var before = _provider is null ? 0 : (await Provider.CallsAsync()).Total;
        var status = KubernetesJson.Serialize((await Integrations.GetAsync(name)).Status);
        Operator.Requests.Clear();
        for (var wakeUp = 1; wakeUp <= 3; wakeUp++)
        {
            var passes = Operator.Passes;
            await Integrations.AnnotateAsync(name, "example.org/wake-up", wakeUp.ToString(CultureInfo.InvariantCulture));
            await Eventually.Holds(() => Operator.Passes > passes);
        }

        Assert.Empty(Operator.Requests.Writes);

        // One or two may still have been on their way from before.
        Assert.InRange(Operator.Requests.Requests.Count(request => request.Method != HttpMethod.Get && request.Path.Contains("/events", StringComparison.Ordinal)), 0, 2);
        Assert.Equal(status, KubernetesJson.Serialize((await Integrations.GetAsync(name)).Status));
        if (_provider is not null)
        {
            Assert.InRange((await Provider.CallsAsync()).Total - before, 0, calls);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_operator?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Pods.DisposeAsync();
        await History.DisposeAsync();
        await StopProviderAsync();
        await (_endpoint?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_management?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _receivers.DisposeAsync();
        await (_inbox?.DisposeAsync() ?? ValueTask.CompletedTask);
        Integrations.Dispose();
    }

    private void ObeysTheRules(MessengerIntegration settled)
    {
        Assert.Empty(StatusRules.Violations(settled));
        Assert.Empty(History.Violations);
    }
}
