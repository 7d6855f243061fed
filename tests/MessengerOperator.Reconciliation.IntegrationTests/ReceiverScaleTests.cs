using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Receivers of several pods: what one pod too few means, and whose number it is.</summary>
public class ReceiverScaleTests(ControlPlane plane)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_that_no_node_takes_is_told_while_the_others_serve_and_the_webhook_is_kept()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"receiver":{"replicas":3}}""");
        await IsWholeAsync(world, 3);
        world.Pods.Act = PodActor.ToOthers(PodActor.MakeUnschedulable);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"replicas":4}}""");

        var told = await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", Unschedulable));
        Assert.True(told.Has(MessengerIntegrationConditions.Ready, "True"));
        await world.TellsAsync("acme", Unschedulable, says: "nodeSelector");
        await WebhookIsKeptAsync(world);

        world.Pods.Act = PodActor.MakeReady;
        await IsWholeAsync(world, 4);
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task Too_few_pods_are_not_Ready_but_the_webhook_is_kept()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"receiver":{"replicas":2}}""");
        await IsWholeAsync(world, 2);
        world.Pods.Act = PodActor.ToOthers(PodActor.MakeUnschedulable);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"replicas":4}}""");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "False", Unschedulable) && integration.Status!.Receiver!.Replicas == 4);
        await world.IsHeldUpAsync("acme", ReceiverAvailable, Unschedulable, says: "nodeSelector", stalled: false);
        await WebhookIsKeptAsync(world);
    }

    [Fact]
    public async Task A_new_version_that_cannot_start_is_not_Ready_but_the_webhook_is_kept_by_the_old_one()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        world.Pods.Act = PodActor.ToOthers(PodActor.FailImagePull);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"podAnnotations":{"example.org/version":"2"}}}""");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "False", ImagePullFailed) && integration.Status!.Receiver!.Replicas == 2);
        await world.IsHeldUpAsync("acme", ReceiverAvailable, ImagePullFailed, says: "spec.receiver.imagePullSecrets", stalled: false);
        await WebhookIsKeptAsync(world);
    }

    [Fact]
    public async Task Pods_that_an_autoscaler_adds_do_not_make_an_integration_unready()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"receiver":{"autoscaling":{"minReplicas":2,"maxReplicas":6}}}""");
        await IsWholeAsync(world, 2);
        var before = world.History.Of("acme").Count;
        world.Pods.Act = PodActor.ToOthers(_ => { });

        await ScaleAsync(world, 4);

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "True", Progressing) && integration.Status!.Receiver!.Replicas == 4);
        world.Pods.Act = PodActor.MakeReady;
        await IsWholeAsync(world, 4);
        Assert.All(world.History.Of("acme").Skip(before), version => Assert.True(version.Has(MessengerIntegrationConditions.Ready, "True")));
    }

    [Fact]
    public async Task All_pods_stay_when_an_autoscaler_takes_over_and_their_number_is_its_own_from_then_on()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"receiver":{"replicas":5}}""");
        await IsWholeAsync(world, 5);
        var pods = await PodsAsync(world);
        Assert.Equal(5, pods.Count);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"replicas":null,"autoscaling":{"minReplicas":2,"maxReplicas":8}}}""");

        await Eventually.Holds(async () => (await world.Client.AutoscalingV1.ListNamespacedHorizontalPodAutoscalerAsync(world.Namespace, cancellationToken: Cancelled)).Items.Count == 1);
        await IsWholeAsync(world, 5);
        await world.FurtherPassesAreIdleAsync("acme");
        await HasAsync(world, 5);
        Assert.Equal(pods, await PodsAsync(world));

        await ScaleAsync(world, 3);
        await IsWholeAsync(world, 3);
        await world.FurtherPassesAreIdleAsync("acme");
        await HasAsync(world, 3);

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"replicas":2,"autoscaling":null}}""");
        await HasAsync(world, 2);
    }

    private static async Task WebhookIsKeptAsync(TestWorld world)
    {
        await world.Provider.OverwriteWebhookAsync(new() { Url = "https://elsewhere.example/hook" });
        await world.Integrations.RequestAsync("acme");
        await Eventually.Holds(async () => (await world.WebhookAsync())?.Url == $"https://hooks.acme.example/{world.Namespace}/acme");
    }

    /// <summary>Waits until all pods that are wanted are there, the Deployment's last change included.</summary>
    private static async Task IsWholeAsync(TestWorld world, int replicas)
    {
        await Eventually.Holds(async () => await world.Receiver.DeploymentAsync() is { } found && found.Spec.Replicas == replicas && found.Status.ObservedGeneration == found.Metadata.Generation);
        await world.Integrations.BecomesAsync(
            "acme", integration => integration.IsReady && integration.Has(ReceiverAvailable, "True", Available) && integration.Status!.Receiver is { } receiver && receiver.Replicas == replicas && receiver.ReadyReplicas == replicas);
    }

    private static Task HasAsync(TestWorld world, int replicas) => Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())!.Spec.Replicas == replicas);

    // As the autoscaler does.
    private static Task ScaleAsync(TestWorld world, int replicas) => world.Client.AppsV1.PatchNamespacedDeploymentScaleAsync(
        new V1Patch($$"""{"spec":{"replicas":{{replicas}} } }""", V1Patch.PatchType.MergePatch), ReceiverObjects.Name, world.Namespace, cancellationToken: Cancelled);

    private static async Task<IReadOnlyList<string>> PodsAsync(TestWorld world) =>
    [
        .. (await world.Client.CoreV1.ListNamespacedPodAsync(world.Namespace, cancellationToken: Cancelled)).Items
            .Where(pod => pod.Metadata.DeletionTimestamp is null)
            .Select(pod => pod.Metadata.Name)
            .Order(StringComparer.Ordinal),
    ];
}
