using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The objects of a receiver: ours are kept as they should be, everybody else's are left alone.</summary>
public class ChildTests(ControlPlane plane)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_Secret_with_the_name_of_ours_is_told_and_left_alone_and_its_end_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync("precious", name: "acme-webhook", key: "token");
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", SecretsResolved, ChildConflict, says: "rename or delete it");
        Assert.Equal("precious", await world.GeneratedAsync("acme", "token"));

        await world.DeleteSecretAsync("acme-webhook");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_foreign_Deployment_with_the_name_of_ours_is_told_and_left_alone()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var foreign = await world.Client.AppsV1.CreateNamespacedDeploymentAsync(
            Build.Deployment(world.Namespace, ReceiverObjects.Name), world.Namespace, cancellationToken: Cancelled);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);

        await world.IsHeldUpAsync("acme", ReceiverAvailable, ChildConflict, says: $"The Deployment '{ReceiverObjects.Name}'");

        var found = await world.Receiver.DeploymentAsync();
        Assert.Equal((foreign.Metadata.Uid, foreign.Metadata.Generation), (found?.Metadata.Uid, found?.Metadata.Generation));
        Assert.Null(await world.WebhookAsync());
        await world.Receiver.DeleteDeploymentAsync();
        await world.Integrations.RequestAsync("acme");
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_foreign_Service_with_the_name_of_ours_is_told_and_left_alone()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = ReceiverObjects.Name },
                Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Port = 4711 }], Selector = new Dictionary<string, string> { ["app"] = "precious" } },
            },
            world.Namespace,
            cancellationToken: Cancelled);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);

        await world.IsHeldUpAsync("acme", ReceiverAvailable, ChildConflict, says: $"The Service '{ReceiverObjects.Name}'");

        Assert.Equal(4711, (await world.Receiver.ServiceAsync())?.Spec.Ports.Single().Port);
        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        Assert.NotNull(await world.Receiver.ServiceAsync());
    }

    [Fact]
    public async Task Hand_edits_of_ours_are_repaired()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var (image, configuration) = ((await world.Receiver.DeploymentAsync())!.Spec.Template.Spec.Containers[0].Image, await world.Receiver.ConfigurationAsync());

        await world.Receiver.EditDeploymentAsync("""{"spec":{"template":{"spec":{"containers":[{"name":"receiver","image":"evil:1"}]}}}}""");
        await world.Receiver.EditConfigMapAsync("""{"data":{"acme.json":"{}"}}""");
        await world.Receiver.EditServiceAsync("""{"spec":{"selector":{"app.kubernetes.io/instance":"somebody-else"}}}""");

        await Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())!.Spec.Template.Spec.Containers[0].Image == image);
        await Eventually.Holds(async () => await world.Receiver.ConfigurationAsync() == configuration);
        await Eventually.Holds(async () => (await world.Receiver.ServiceAsync())!.Spec.Selector["app.kubernetes.io/instance"] == "acme");
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task Deleted_ones_are_made_anew()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);

        await world.Receiver.DeleteServiceAsync();
        await world.Receiver.DeleteDeploymentAsync();

        await Eventually.Holds(async () => await world.Receiver.ServiceAsync() is not null && await world.Receiver.DeploymentAsync() is not null);
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_told_and_its_arrival_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Pods = PodActor.FailImagePull });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.Receiver?.Replicas == 1);
        await world.IsHeldUpAsync("acme", ReceiverAvailable, ImagePullFailed, says: "spec.receiver.imagePullSecrets", stalled: false);
        Assert.Null(await world.WebhookAsync());

        world.Pods.Act = PodActor.MakeReady;

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_receiver_that_stops_again_and_again_is_told_and_its_recovery_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Pods = PodActor.CrashLoop });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.Receiver?.Replicas == 1);
        await world.IsHeldUpAsync("acme", ReceiverAvailable, CrashLooping, says: "kubectl logs", stalled: false);

        world.Pods.Act = PodActor.MakeReady;

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_namespace_without_room_is_told_and_room_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Client.CoreV1.CreateNamespacedResourceQuotaAsync(
            new V1ResourceQuota
            {
                Metadata = new V1ObjectMeta { Name = "none" },
                Spec = new V1ResourceQuotaSpec { Hard = new Dictionary<string, ResourceQuantity> { ["pods"] = new("0") } },
            },
            world.Namespace,
            cancellationToken: Cancelled);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", ReceiverAvailable, QuotaExceeded, says: "raise them or lower", stalled: false);

        await world.Client.CoreV1.DeleteNamespacedResourceQuotaAsync("none", world.Namespace, cancellationToken: Cancelled);

        await world.IsReadyAsync("acme", TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_suspended_integration_is_left_as_it_is_until_it_is_resumed()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.ChangeAsync("acme", """{"suspend":true}""");
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(MessengerIntegrationConditions.Ready, "True", Suspended));
        await world.Provider.ForgetCallsAsync();
        await world.Integrations.ChangeAsync("acme", """{"webhook":{"path":"/moved"}}""");
        await world.Integrations.RequestAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(0, (await world.Provider.CallsAsync()).Total);
        Assert.NotNull(await world.Receiver.DeploymentAsync());

        await world.Integrations.ChangeAsync("acme", """{"suspend":false}""");

        await world.IsReadyAsync("acme");
        Assert.Equal("https://hooks.acme.example/moved", (await world.WebhookAsync())?.Url);
        await world.Integrations.ChangeAsync("acme", """{"suspend":true}""");
        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
    }
}
