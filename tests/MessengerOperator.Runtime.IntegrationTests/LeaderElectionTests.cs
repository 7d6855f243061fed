using k8s;
using k8s.Models;
using MessengerOperator.TestKit;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class LeaderElectionTests(WidgetControlPlane plane)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_leader_works_and_a_shutdown_hands_over_at_once()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var first = await StartAsync(space);
        await Eventually.Holds(async () => !string.IsNullOrEmpty(await HolderAsync(space)));
        await using var second = await StartAsync(space);
        var widgets = new WidgetClient(plane.Client, space.Name);
        await widgets.CreateAsync("one");
        await Eventually.Holds(() => first.Script.Passes.ContainsKey("one"));
        Assert.Empty(second.Script.Passes);

        await first.StopAsync();
        var released = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(() => second.Script.Passes.ContainsKey("one"));

        // Far less than the 30 seconds after which an abandoned Lease may be taken.
        Assert.True(TimeProvider.System.GetElapsedTime(released) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_leader_that_loses_the_Lease_stops_its_process_with_an_error()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        await Eventually.Holds(async () => !string.IsNullOrEmpty(await HolderAsync(space)));
        try
        {
            await Eventually.Passes(async () =>
            {
                await plane.Client.CoordinationV1.PatchNamespacedLeaseAsync(
                    new V1Patch("""{"spec":{"holderIdentity":"usurper","leaseDurationSeconds":3600}}""", V1Patch.PatchType.MergePatch), "runtime-test-leader", space.Name, cancellationToken: Token);
            });

            await Eventually.Holds(() => @operator.HasStopped, TimeSpan.FromSeconds(90));
            Assert.Equal(1, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_short_outage_of_the_API_server_does_not_cost_the_leadership()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var proxy = new CuttableProxy(plane.Client.BaseUri);
        await using var @operator = await StartAsync(space, proxy);
        await Eventually.Holds(async () => !string.IsNullOrEmpty(await HolderAsync(space)));
        var before = await LeaseAsync(space);

        proxy.Refuse();
        var cut = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(() => TimeProvider.System.GetElapsedTime(cut) > TimeSpan.FromSeconds(4));
        proxy.Restore();
        await Eventually.Holds(async () => (await LeaseAsync(space)).Spec.RenewTime > before.Spec.RenewTime);
        await new WidgetClient(plane.Client, space.Name).CreateAsync("one");
        await Eventually.Holds(() => @operator.Script.Passes.ContainsKey("one"));

        Assert.False(@operator.HasStopped);
        Assert.Equal(before.Spec.LeaseTransitions, (await LeaseAsync(space)).Spec.LeaseTransitions);
    }

    private Task<TestOperator> StartAsync(TestNamespace space, CuttableProxy? proxy = null) => TestOperator.StartAsync(
        plane, [space.Name],
        options =>
        {
            options.LeaderElection.Enabled = true;
            options.LeaderElection.LeaseNamespace = space.Name;
            options.LeaderElection.LeaseDuration = TimeSpan.FromSeconds(30);
            options.LeaderElection.RenewDeadline = TimeSpan.FromSeconds(20);
            options.LeaderElection.RetryPeriod = TimeSpan.FromSeconds(1);
        },
        connection: configuration => configuration.Host = proxy?.Address ?? configuration.Host);

    private async Task<string?> HolderAsync(TestNamespace space) => (await LeaseAsync(space)).Spec.HolderIdentity;

    private Task<V1Lease> LeaseAsync(TestNamespace space) => plane.Client.CoordinationV1.ReadNamespacedLeaseAsync("runtime-test-leader", space.Name, cancellationToken: Token);
}
