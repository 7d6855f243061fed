using k8s;
using k8s.Models;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Pods with events in an emptyDir that no sink takes: replacing them would lose what a provider was told is safe.</summary>
public class RolloutHoldTests(ControlPlane plane)
{
    private const string Spool = """{"available":true}""";
    private const string Stuck = """{"sink":{"failingSince":"2026-11-24T00:00:00Z"},"backlog":7}""";
    private const string Delivered = """{"sink":{}}""";
    private const string Annotated = """{"receiver":{"podAnnotations":{"example.org/version":"2"}}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Annotated)]
    [InlineData("""{"receiver":{"replicas":1}}""")]
    [InlineData("""{"delivery":{"spool":{"storage":"None"}}}""")]
    public async Task Pods_stay_as_they_are_until_their_events_are_delivered(string change)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options, """{"receiver":{"replicas":2}}""");
        receiver.Says(world, "acme", Stuck, Spool);
        var (pods, wanted) = (await PodsAsync(world), await WantedAsync(world.Receiver.DeploymentAsync()));

        await world.Integrations.ChangeAsync("acme", change);

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld) && integration.IsReady);
        await world.TellsAsync("acme", RolloutHeld, $"kubectl delete deployment {ReceiverObjects.Name}");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(wanted, await WantedAsync(world.Receiver.DeploymentAsync()));
        Assert.Equal(pods, await PodsAsync(world));

        receiver.Says(world, "acme", Delivered, Spool);
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "delivered");

        await Eventually.Holds(async () => await WantedAsync(world.Receiver.DeploymentAsync()) != wanted);
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", Available));
        await Eventually.Holds(async () => await PodsAsync(world) != pods);
    }

    [Fact]
    public async Task A_hand_edit_that_only_new_pods_would_undo_waits_too()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options);
        receiver.Says(world, "acme", Stuck, Spool);

        await world.Receiver.EditDeploymentAsync("""{"spec":{"template":{"metadata":{"labels":{"app.kubernetes.io/component":"other"}}}}}""");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld));
        Assert.Equal("other", (await world.Receiver.DeploymentAsync())!.Spec.Template.Metadata.Labels["app.kubernetes.io/component"]);
    }

    [Theory]
    [InlineData("""{"receiver":{"replicas":3}}""", Stuck, Spool, """{"receiver":{"replicas":2}}""")]
    [InlineData(Annotated, """{"sink":{},"backlog":7}""", Spool, null)]
    [InlineData(Annotated, """{"sink":{"failingSince":"2026-11-24T00:00:00Z"}}""", null, null)]
    [InlineData(Annotated, Stuck, Spool, """{"delivery":{"spool":{"storage":"PersistentVolumeClaim"}}}""")]
    public async Task What_loses_nothing_is_done_at_once(string change, string route, string? spool, string? from)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options, from);
        receiver.Says(world, "acme", route, spool);

        await world.Integrations.ChangeAsync("acme", change);

        await Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())!.Metadata.Generation > 1);
        Assert.DoesNotContain(await world.EventsAsync("acme"), item => item.Reason == RolloutHeld);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("""{"routes":[{"integration":"somebody/else"}]}""")]
    public async Task Pods_that_tell_nothing_are_replaced_since_they_may_be_what_has_to_be_mended(string answer)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options);
        receiver.Answers(answer);

        await world.Integrations.ChangeAsync("acme", Annotated);

        await Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())!.Spec.Template.Metadata.Annotations?.ContainsKey("example.org/version") == true);
    }

    [Fact]
    public async Task Who_deletes_the_Deployment_gets_new_pods_at_once()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options);
        receiver.Says(world, "acme", Stuck, Spool);
        await world.Integrations.ChangeAsync("acme", Annotated);
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld));

        await world.Receiver.DeleteDeploymentAsync();

        await Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())?.Spec.Template.Metadata.Annotations?["example.org/version"] == "2");
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", Available));
    }

    [Fact]
    public async Task A_member_s_stuck_events_keep_the_pods_of_the_whole_group()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");
        receiver.Says(world, "second", Stuck, Spool);
        var wanted = await WantedAsync(team.Receiver.DeploymentAsync());

        await world.Integrations.ChangeAsync("first", Annotated);

        await world.Integrations.BecomesAsync("first", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld));
        Assert.Equal(wanted, await WantedAsync(team.Receiver.DeploymentAsync()));
    }

    [Fact]
    public async Task Pods_that_are_kept_outlive_the_member_that_they_were_made_for()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        var team = new Team(world);
        await team.JoinAsync("first");
        receiver.Says(world, "first", Stuck, Spool);
        await world.Integrations.ChangeAsync("first", Annotated);
        await world.Integrations.BecomesAsync("first", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld));
        var made = (await team.Receiver.DeploymentAsync())!;

        await team.CreateAsync("second", """{"receiver":{"group":"team","podAnnotations":{"example.org/version":"2"}}}""");
        await world.Integrations.BecomesAsync("second", integration => integration.Has(ReceiverAvailable, "True", RolloutHeld));
        await team.LeaveAsync("first");

        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Values.All(owners => owners is ["second"]));
        var left = (await team.Receiver.DeploymentAsync())!;
        Assert.Equal(made.Metadata.Uid, left.Metadata.Uid);
        Assert.Null(left.Metadata.DeletionTimestamp);
        Assert.Equal(KubernetesJson.Serialize(made.Spec.Template), KubernetesJson.Serialize(left.Spec.Template));
    }

    [Fact]
    public async Task A_receiver_that_an_integration_moves_away_from_serves_it_until_it_has_delivered_what_it_holds_of_it()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.AddTo(endpoint.Options));
        var (old, team) = (new Team(world, "old"), new Team(world));
        GroupTests.RoutesTo(endpoint, old);
        await old.JoinAsync("acme", """{"receiver":{"group":"old"},"webhook":{"url":null,"probe":"Enabled"}}""");
        receiver.Says(world, "acme", """{"sink":{},"backlog":1}""", Spool);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"group":"team"}}""");
        await Eventually.Holds(async () => await team.Receiver.DocumentsAsync() is ["acme.json"]);
        GroupTests.RoutesTo(endpoint, team);
        await world.IsReadyAsync("acme");
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "1");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(["acme.json"], await old.Receiver.DocumentsAsync());

        receiver.Says(world, "acme", Delivered, Spool);
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "2");

        await Eventually.Holds(async () => await old.Receiver.ConfigMapAsync() is null && await old.Receiver.DeploymentAsync() is null, TimeSpan.FromMinutes(2));
    }

    /// <summary>What makes the pods what they are, and how many.</summary>
    private static async Task<string> WantedAsync(Task<V1Deployment?> reading) =>
        await reading is { Spec: var spec } ? $"{spec.Replicas} {KubernetesJson.Serialize(spec.Template)}" : string.Empty;

    private static async Task<string> PodsAsync(TestWorld world) => string.Join(
        ' ',
        (await world.Client.CoreV1.ListNamespacedPodAsync(world.Namespace, cancellationToken: Cancelled)).Items
            .Where(pod => pod.Metadata.DeletionTimestamp is null)
            .Select(pod => pod.Metadata.Name)
            .Order(StringComparer.Ordinal));
}
