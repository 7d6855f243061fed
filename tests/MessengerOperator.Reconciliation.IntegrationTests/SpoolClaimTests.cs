using k8s;
using k8s.Models;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The volume claim of a spool: customers' messages are in it.</summary>
public class SpoolClaimTests(ControlPlane plane)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_outlives_its_integration_and_is_taken_up_by_the_next_one_of_that_name()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, OnClaim("64Mi"));
        await world.IsReadyAsync("acme");
        var made = (await ClaimAsync(world))!;
        Assert.Equal(("64Mi", null), (SizeOf(made), made.Metadata.OwnerReferences));
        Assert.Equal(["ReadWriteOnce"], made.Spec.AccessModes);
        Assert.Equal("Recreate", (await world.Receiver.DeploymentAsync())!.Spec.Strategy.Type);
        await world.FurtherPassesAreIdleAsync("acme");

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", SpoolKept, $"The volume claim '{ReceiverObjects.Name}' stays", "Normal");
        await Eventually.Holds(async () => await world.Receiver.DeploymentAsync() is null);
        Assert.Equal(made.Metadata.Uid, (await ClaimAsync(world))?.Metadata.Uid);

        await world.Integrations.CreateAsync("acme", world.Bot, OnClaim("64Mi"));
        await world.IsReadyAsync("acme");
        Assert.Equal(made.Metadata.Uid, (await ClaimAsync(world))?.Metadata.Uid);
    }

    [Theory]
    [InlineData("32Mi", null, "cannot shrink")]
    [InlineData("128Mi", null, "grows only when it is bound")]
    [InlineData("64Mi", "other", "keeps its storage class")]
    public async Task What_a_claim_cannot_become_is_told_and_the_receiver_stays_and_setting_it_back_is_enough(string size, string? storageClass, string says)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, OnClaim("64Mi", "first"));
        await world.IsReadyAsync("acme");
        var before = (await world.Receiver.DeploymentAsync())!.Metadata.Generation;

        await world.Integrations.ChangeAsync("acme", OnClaim(size, storageClass ?? "first"));

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.ObservedGeneration == integration.Metadata.Generation && integration.Has(ReceiverAvailable, "False", SpoolClaimRefused));
        await world.IsHeldUpAsync("acme", ReceiverAvailable, SpoolClaimRefused, says);
        Assert.Equal(before, (await world.Receiver.DeploymentAsync())!.Metadata.Generation);
        Assert.NotNull(await world.WebhookAsync());
        await world.Integrations.ChangeAsync("acme", OnClaim("64Mi", "first"));
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_claim_grows_where_its_class_allows_it_and_the_receiver_uses_the_room()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var storageClass = $"growing-{world.Namespace}";
        await world.Client.StorageV1.CreateStorageClassAsync(
            new V1StorageClass { Metadata = new V1ObjectMeta { Name = storageClass }, Provisioner = "tests/nobody", AllowVolumeExpansion = true }, cancellationToken: Cancelled);
        await world.Client.CoreV1.CreatePersistentVolumeAsync(VolumeFor(world.Namespace, storageClass), cancellationToken: Cancelled);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, OnClaim("64Mi", storageClass));
        await world.IsReadyAsync("acme");
        await Eventually.Holds(async () => (await ClaimAsync(world))?.Status?.Phase == "Bound");

        await world.Integrations.ChangeAsync("acme", OnClaim("128Mi", storageClass));

        await Eventually.Holds(async () => SizeOf((await ClaimAsync(world))!) == "128Mi");
        await Eventually.Holds(async () => (await world.Receiver.DeploymentAsync())!.Spec.Template.Spec.Containers[0].Args.Contains("82Mi"));
        await world.IsReadyAsync("acme");
        await world.Client.CoreV1.DeletePersistentVolumeAsync(world.Namespace, cancellationToken: Cancelled);
        await world.Client.StorageV1.DeleteStorageClassAsync(storageClass, cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_foreign_claim_with_the_name_of_ours_is_told_and_left_alone()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var foreign = await world.Client.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(
            new V1PersistentVolumeClaim
            {
                Metadata = new V1ObjectMeta { Name = ReceiverObjects.Name },
                Spec = new V1PersistentVolumeClaimSpec
                {
                    AccessModes = ["ReadWriteOnce"],
                    Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("1Mi") } },
                },
            },
            world.Namespace,
            cancellationToken: Cancelled);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, OnClaim("64Mi"));

        await world.IsHeldUpAsync("acme", ReceiverAvailable, ChildConflict, says: $"The PersistentVolumeClaim '{ReceiverObjects.Name}'");

        Assert.Equal(foreign.Metadata.ResourceVersion, (await ClaimAsync(world))?.Metadata.ResourceVersion);
        Assert.Null(await world.Receiver.DeploymentAsync());
    }

    private static string OnClaim(string size, string? storageClass = null) =>
        $$"""{"delivery":{"spool":{"storage":"PersistentVolumeClaim","sizeLimit":"{{size}}"{{(storageClass is null ? "" : $",\"storageClassName\":\"{storageClass}\"")}} } } }""";

    private static async Task<V1PersistentVolumeClaim?> ClaimAsync(TestWorld world) =>
        (await world.Client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(world.Namespace, cancellationToken: Cancelled)).Items
            .FirstOrDefault(claim => claim.Metadata.Name == ReceiverObjects.Name);

    private static string SizeOf(V1PersistentVolumeClaim claim) => claim.Spec.Resources.Requests["storage"].ToString();

    private static V1PersistentVolume VolumeFor(string ns, string storageClass) => new()
    {
        Metadata = new V1ObjectMeta { Name = ns },
        Spec = new V1PersistentVolumeSpec
        {
            AccessModes = ["ReadWriteOnce"],
            Capacity = new Dictionary<string, ResourceQuantity> { ["storage"] = new("64Mi") },
            StorageClassName = storageClass,
            HostPath = new V1HostPathVolumeSource { Path = "/nowhere" },
            ClaimRef = new V1ObjectReference { ApiVersion = "v1", Kind = "PersistentVolumeClaim", NamespaceProperty = ns, Name = ReceiverObjects.Name },
        },
    };
}
