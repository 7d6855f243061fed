using System.Diagnostics.CodeAnalysis;
using k8s;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>
/// The error tables of one provider, and the laws that hold for every row: condition, reason and retries as designed, an Event that says what to
/// do, none of the provider's words and no secret in status, and a way back when the cause is gone.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "A table, as tests read it.")]
internal sealed class ErrorTable : Dictionary<string, ErrorRow>
{
    // In every staged description, so that provider text that reaches a status is found.
    private const string Canary = "canary-in-the-providers-words";

    private readonly Func<Tenant> _newTenant;

    /// <summary>A table whose rows are tried with accounts of their own.</summary>
    public ErrorTable(Func<Tenant> newTenant)
        : base(StringComparer.Ordinal) => _newTenant = newTenant;

    /// <summary>The rows' names, for a theory.</summary>
    public TheoryData<string> Names => [.. Keys];

    /// <summary>What a pod cannot be waited for: calls end after two seconds rather than ten.</summary>
    public WorldOptions Options { get; init; } = new() { Providers = http => http.TimeoutSeconds = 2 };

    /// <summary>A new integration meets the error, tells it as the row says, and becomes Ready when the cause is gone.</summary>
    public async Task CheckAsync(ControlPlane plane, string name)
    {
        var row = this[name];
        var tenant = _newTenant();
        await using var world = await TestWorld.StartAsync(plane, Options with { Tenant = tenant, Receives = Options.Receives || tenant.IsCalledWhileRegistering });
        await StageAsync(world, row);
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", tenant, row.Change);

        var calls = row.Calls ?? (row.End == ErrorEnd.Final ? 0 : 3);
        var status = row.End == ErrorEnd.Inconclusive ? "Unknown" : "False";
        await world.IsHeldUpAsync("acme", row.Condition, row.Reason, row.Says, status, stalled: row.End == ErrorEnd.Final, calls);
        await ShowsNothingOfTheProvidersAsync(world);

        var recovery = row.Recovery ?? (row.End == ErrorEnd.Final ? Recovery.WhenAsked : Recovery.ByItself);
        if (recovery != Recovery.TooSlow)
        {
            await RepairAsync(world, row);
            if (recovery == Recovery.WhenAsked)
            {
                await world.Integrations.RequestAsync("acme");
            }

            await world.IsReadyAsync("acme");
        }
    }

    /// <summary>
    /// A Ready integration meets an inconclusive error and stays Ready with the last good verdict, saying why nothing newer is known; a final one of its
    /// credentials takes Ready away.
    /// </summary>
    public async Task CheckReadyAsync(ControlPlane plane, string name)
    {
        var row = this[name];
        var tenant = _newTenant();
        await using var world = await TestWorld.StartReadyAsync(plane, Options with { Tenant = tenant, Receives = Options.Receives || tenant.IsCalledWhileRegistering });
        await StageAsync(world, row);
        await world.Integrations.RequestAsync("acme");

        var status = row.End == ErrorEnd.Inconclusive ? "True" : "False";
        var told = await world.Integrations.BecomesAsync("acme", integration => integration.Has(row.Condition, status, row.Reason));
        await world.TellsAsync("acme", row.Reason, row.Says);
        if (row.End == ErrorEnd.Inconclusive)
        {
            Assert.Contains("last good verdict is kept", told.Condition(row.Condition)!.Message, StringComparison.Ordinal);
            await world.IsReadyAsync("acme");
        }

        await ShowsNothingOfTheProvidersAsync(world);
    }

    private static async Task StageAsync(TestWorld world, ErrorRow row)
    {
        if (row.Fault is { } fault)
        {
            await world.Provider.FailsForAllAsync(row.Method, WithCanary(fault));
        }

        if (row.Settings.Count > 0)
        {
            await world.Provider.ChangeSettingsAsync(row.Settings);
        }

        await row.Stage(world);
    }

    private static async Task RepairAsync(TestWorld world, ErrorRow row)
    {
        await world.Provider.RecoversAsync();
        if (row.Settings.Count > 0)
        {
            // Back to how the account was made.
            var made = world.Tenant.Account.Settings;
            await world.Provider.ChangeSettingsAsync(row.Settings.ToDictionary(setting => setting.Key, setting => made.GetValueOrDefault(setting.Key)));
        }

        await row.Repair(world);
    }

    private static Fault WithCanary(Fault fault) => fault.Kind == FaultKind.Error && fault.Body is null
        ? fault with { Description = $"{fault.Description} ({Canary})".TrimStart() }
        : fault;

    private static async Task ShowsNothingOfTheProvidersAsync(TestWorld world)
    {
        var statuses = world.History.Of("acme").Where(version => version.Status is not null).Select(version => KubernetesJson.Serialize(version.Status)).ToList();
        Assert.NotEmpty(statuses);
        Assert.All(statuses, status => Assert.DoesNotContain(Canary, status, StringComparison.Ordinal));

        var told = string.Join('\n', [.. statuses, .. world.Operator.Logs.Lines, .. world.Operator.Meters.Series, .. (await world.EventsAsync("acme")).Select(item => item.Message)]);

        // As a number, so that a failure does not print them.
        Assert.Equal(-1, world.Tenant.Secrets.ToList().FindIndex(secret => told.Contains(secret, StringComparison.Ordinal)));
    }
}
