using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Integrations that share a receiver: one set of pods, whoever comes and goes.</summary>
public class GroupTests(ControlPlane plane)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_share_one_receiver_and_come_and_go_without_a_new_pod()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        var first = await team.JoinAsync("first");
        var made = (await team.Receiver.DeploymentAsync())!;

        var second = await team.JoinAsync("second");

        Assert.Equal(["first.json", "second.json"], await team.Receiver.DocumentsAsync());
        Assert.Equal(
            ["first.changed-at", "first.probe-key", "first.token", "second.changed-at", "second.probe-key", "second.token"], await team.Receiver.SecretKeysAsync());
        Assert.All(new[] { first, second }, member => Assert.Equal(("team", "team-receiver"), (member.Status!.Receiver!.Group, member.Status.Receiver.Service)));
        Assert.Equal($"/{world.Namespace}/second", (await team.Receiver.RouteAsync("second"))!.Path);
        Assert.Equal(team.Of("second").Id, (await team.Receiver.RouteAsync("second"))!.AccountId);
        Assert.All((await team.Receiver.OwnersAsync()).Values, owners => Assert.Equal(["first", "second"], owners));
        Assert.Single((await world.Client.AppsV1.ListNamespacedDeploymentAsync(world.Namespace, cancellationToken: Cancelled)).Items);
        await world.FurtherPassesAreIdleAsync("first");
        await world.FurtherPassesAreIdleAsync("second");

        await team.LeaveAsync("second");

        Assert.Null(await team.WebhookAsync("second"));
        Assert.Equal(["first.json"], await team.Receiver.DocumentsAsync());
        Assert.Equal(["first.changed-at", "first.probe-key", "first.token"], await team.Receiver.SecretKeysAsync());
        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Values.All(owners => owners is ["first"]));
        var left = (await team.Receiver.DeploymentAsync())!;
        Assert.Equal((made.Metadata.Uid, made.Metadata.Generation), (left.Metadata.Uid, left.Metadata.Generation));
        await world.IsReadyAsync("first");
        await world.FurtherPassesAreIdleAsync("first");
    }

    [Fact]
    public async Task The_oldest_may_leave_and_the_others_are_served_on()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");
        var made = (await team.Receiver.DeploymentAsync())!;

        await team.LeaveAsync("first");

        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Values.All(owners => owners is ["second"]));
        var left = (await team.Receiver.DeploymentAsync())!;
        Assert.Equal((made.Metadata.Uid, made.Metadata.Generation), (left.Metadata.Uid, left.Metadata.Generation));
        Assert.NotNull(await team.WebhookAsync("second"));
        await world.IsReadyAsync("second");
        await world.FurtherPassesAreIdleAsync("second");
    }

    [Fact]
    public async Task The_last_one_takes_the_receiver_with_it()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");

        await team.LeaveAsync("first");
        await team.LeaveAsync("second");

        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Count == 0);
    }

    [Fact]
    public async Task A_group_that_is_created_at_once_has_one_receiver_and_its_pods_are_made_once()
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        foreach (var name in names)
        {
            await team.CreateAsync(name);
        }

        foreach (var name in names)
        {
            await world.IsReadyAsync(name);
        }

        Assert.Equal(names.Select(name => $"{name}.json"), await team.Receiver.DocumentsAsync());
        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Values.All(owners => owners.SequenceEqual(names)));
        Assert.Equal(1, (await team.Receiver.DeploymentAsync())!.Metadata.Generation);
        await world.FurtherPassesAreIdleAsync("c");
    }

    [Fact]
    public async Task The_receiver_is_as_its_oldest_member_wants_it_and_who_wants_something_else_is_told()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", """{"receiver":{"group":"team","replicas":2}}""");
        await team.JoinAsync("second", """{"receiver":{"group":"team","replicas":1,"priorityClassName":null}}""");
        await world.TellsAsync("second", ReceiverSettingsIgnored, "oldest member 'first'; here spec.receiver.replicas differs");
        Assert.Equal(2, (await team.Receiver.DeploymentAsync())!.Spec.Replicas);
        await world.FurtherPassesAreIdleAsync("second");

        await world.Integrations.ChangeAsync("first", """{"receiver":{"replicas":3}}""");
        await Eventually.Holds(async () => (await team.Receiver.DeploymentAsync())!.Spec.Replicas == 3);
        await world.IsReadyAsync("second");
        await team.LeaveAsync("first");

        await Eventually.Holds(async () => (await team.Receiver.DeploymentAsync())!.Spec.Replicas == 1);
        await world.IsReadyAsync("second");
    }

    [Fact]
    public async Task The_spool_is_as_the_oldest_member_wants_it_and_its_wish_is_followed()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", """{"receiver":{"group":"team"},"delivery":{"spool":{"sizeLimit":"1Gi"}}}""");
        await team.JoinAsync("second", """{"receiver":{"group":"team"},"delivery":{"spool":{"storage":"None"}}}""");
        await world.TellsAsync("second", ReceiverSettingsIgnored, "oldest member 'first'; here spec.delivery.spool.storage differs");
        Assert.Equal("1Gi", (await team.Receiver.DeploymentAsync())!.Spec.Template.Spec.Volumes.Single(volume => volume.EmptyDir is not null).EmptyDir.SizeLimit.ToString());

        await world.Integrations.ChangeAsync("first", """{"delivery":{"spool":{"storage":"None"}}}""");

        await Eventually.Holds(async () => (await team.Receiver.DeploymentAsync())!.Spec.Template.Spec.Volumes.All(volume => volume.EmptyDir is null));
        await world.IsReadyAsync("first");
        await world.IsReadyAsync("second");
    }

    [Fact]
    public async Task Who_cannot_join_does_not_hold_up_the_others_and_its_settings_count_all_the_same()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await world.Integrations.CreateAsync("broken", world.Bot, """{"receiver":{"group":"team","replicas":2}}""", secret: "not-there");
        await world.IsHeldUpAsync("broken", SecretsResolved, SecretNotFound, says: "there is no Secret 'not-there'");
        await team.JoinAsync("second");
        Assert.Equal(2, (await team.Receiver.DeploymentAsync())!.Spec.Replicas);

        // Its own pass does not get as far as the receiver; the others' does.
        await world.Integrations.ChangeAsync("broken", """{"receiver":{"replicas":1}}""");

        await Eventually.Holds(async () => (await team.Receiver.DeploymentAsync())!.Spec.Replicas == 1);
        Assert.All((await team.Receiver.OwnersAsync()).Values, owners => Assert.Equal(["second"], owners));
    }

    [Fact]
    public async Task A_foreign_Secret_with_the_name_of_the_groups_is_told_and_left_alone_and_its_end_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await world.CreateSecretAsync("precious", name: team.Receiver.Name, key: "token");
        await team.CreateAsync("first");
        await world.IsHeldUpAsync("first", ReceiverAvailable, ChildConflict, says: $"The Secret '{team.Receiver.Name}'");
        Assert.Equal(["token"], await team.Receiver.SecretKeysAsync());
        Assert.Null(await team.Receiver.DeploymentAsync());

        await world.DeleteSecretAsync(team.Receiver.Name);

        await world.IsReadyAsync("first");
    }

    [Fact]
    public async Task A_path_that_a_member_of_another_provider_has_is_told_and_its_end_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        var other = $$$"""{"version":1,"routes":[{"integration":"{{{world.Namespace}}}/other","provider":"Viber","path":"/hook","accountId":"pa:1","keys":{},"sink":{"http":{"url":"http://s/"} } }]}""";
        await EditDocumentAsync("other.json", other);
        await team.CreateAsync("second", """{"receiver":{"group":"team"},"webhook":{"path":"/hook"}}""");
        await world.IsHeldUpAsync("second", ReceiverAvailable, PathConflict, says: $"The path is that of {world.Namespace}/other");
        Assert.Null(await team.WebhookAsync("second"));
        Assert.Equal(["first.json", "other.json"], await team.Receiver.DocumentsAsync());

        await EditDocumentAsync("other.json", null);

        await world.IsReadyAsync("second");
        Assert.Equal("https://hooks.acme.example/hook", await team.WebhookAsync("second"));

        Task EditDocumentAsync(string key, string? text) => world.Client.CoreV1.PatchNamespacedConfigMapAsync(
            Merge(new JsonObject { ["data"] = new JsonObject { [key] = text } }.ToJsonString()), team.Receiver.Name, world.Namespace, cancellationToken: Cancelled);
    }

    [Fact]
    public async Task Two_accounts_of_one_provider_may_have_one_path()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", """{"receiver":{"group":"team"},"webhook":{"path":"/hook"}}""");

        await team.JoinAsync("second", """{"receiver":{"group":"team"},"webhook":{"path":"/hook"}}""");

        Assert.Equal("https://hooks.acme.example/hook", await team.WebhookAsync("first"));
        Assert.Equal("https://hooks.acme.example/hook", await team.WebhookAsync("second"));
    }

    [Fact]
    public async Task Hand_edits_of_the_shared_objects_are_repaired_by_whoever_they_concern()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");
        var (token, document) = (await team.Receiver.SecretAsync("second.token"), (await team.Receiver.ConfigMapAsync())!.Data["second.json"]);

        await world.Client.CoreV1.PatchNamespacedSecretAsync(Merge("""{"data":{"second.token":null}}"""), team.Receiver.Name, world.Namespace, cancellationToken: Cancelled);
        await world.Client.CoreV1.PatchNamespacedConfigMapAsync(Merge("""{"data":{"second.json":"{}"}}"""), team.Receiver.Name, world.Namespace, cancellationToken: Cancelled);
        await world.Client.CoreV1.DeleteNamespacedConfigMapAsync(team.Receiver.Name, world.Namespace, cancellationToken: Cancelled);

        await Eventually.Holds(async () => await team.Receiver.SecretAsync("second.token") == token);
        await Eventually.Holds(async () => (await team.Receiver.ConfigMapAsync())?.Data is { Count: 2 } data && data["second.json"] == document);
        await world.IsReadyAsync("first");
        await world.IsReadyAsync("second");
    }

    [Fact]
    public async Task What_a_member_left_behind_whose_finalizer_was_removed_by_force_is_taken_out()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");
        await world.StopOperatorAsync();
        await world.Integrations.DeleteAsync("second");
        await world.Integrations.Client.PatchNamespacedAsync<MessengerIntegration>(
            new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch), world.Namespace, "second", Cancelled);
        await world.Integrations.GoesAsync("second");
        Assert.Equal(["first.json", "second.json"], await team.Receiver.DocumentsAsync());

        await world.StartOperatorAsync();

        await Eventually.Holds(async () => await team.Receiver.DocumentsAsync() is ["first.json"]);
        Assert.Equal(["first.changed-at", "first.probe-key", "first.token"], await team.Receiver.SecretKeysAsync());
        await world.IsReadyAsync("first");
    }

    [Fact]
    public async Task A_restarted_operator_finds_a_group_as_it_is_and_writes_nothing()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second");
        await Eventually.Holds(async () => (await team.Receiver.OwnersAsync()).Values.All(owners => owners is ["first", "second"]));
        await world.StopOperatorAsync();

        await world.StartOperatorAsync();

        await world.FurtherPassesAreIdleAsync("first", calls: 10);
        await world.FurtherPassesAreIdleAsync("second", calls: 10);
    }

    [Fact]
    public async Task Retain_leaves_the_registration_and_the_group()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first");
        await team.JoinAsync("second", """{"receiver":{"group":"team"},"deletionPolicy":"Retain"}""");

        await team.LeaveAsync("second");

        Assert.NotNull(await team.WebhookAsync("second"));
        Assert.Equal(["first.json"], await team.Receiver.DocumentsAsync());
    }

    [Fact]
    public async Task Who_moves_to_another_group_is_served_by_both_until_the_URL_leads_to_the_new_one()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        var (old, team) = (new Team(world, "old"), new Team(world));
        RoutesTo(endpoint, old);
        await old.JoinAsync("acme", """{"receiver":{"group":"old"},"webhook":{"url":null,"probe":"Enabled"}}""");
        var webhook = await old.WebhookAsync("acme");

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"group":"team"}}""");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(EndpointReachable, "False", WrongResponder));
        Assert.Equal(["acme.json"], await old.Receiver.DocumentsAsync());
        Assert.Equal(["acme.json"], await team.Receiver.DocumentsAsync());
        Assert.Equal(await old.Receiver.SecretAsync("acme.token"), await team.Receiver.SecretAsync("acme.token"));
        Assert.NotEqual(await old.Receiver.SecretAsync("acme.probe-key"), await team.Receiver.SecretAsync("acme.probe-key"));
        Assert.NotNull(await old.Receiver.DeploymentAsync());

        RoutesTo(endpoint, team);
        await world.IsReadyAsync("acme");

        await Eventually.Holds(async () => await old.Receiver.ConfigMapAsync() is null && await old.Receiver.DeploymentAsync() is null && await old.Receiver.ServiceAsync() is null, TimeSpan.FromMinutes(2));
        Assert.Empty(await old.Receiver.SecretKeysAsync());
        Assert.Equal("old", (await old.Receiver.SecretAsync())!.Metadata.Labels["app.kubernetes.io/instance"]);
        Assert.Equal(webhook, await old.WebhookAsync("acme"));
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task What_one_integration_controlled_before_there_were_groups_is_taken_over()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.StopOperatorAsync();
        var acme = await world.Integrations.GetAsync("acme");
        var former = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = ReceiverObjects.Name,
                ["annotations"] = new JsonObject { ["messenger-operator/applied-intent"] = "0123456789" },
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = acme.ApiVersion,
                    ["kind"] = acme.Kind,
                    ["name"] = "acme",
                    ["uid"] = acme.Metadata.Uid,
                    ["controller"] = true,
                    ["blockOwnerDeletion"] = true,
                }),
            },
            ["data"] = new JsonObject { ["receiver.json"] = "{}" },
        };
        await world.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch(former.ToJsonString(), V1Patch.PatchType.ApplyPatch), ReceiverObjects.Name, world.Namespace, fieldManager: "messenger-operator", force: true, cancellationToken: Cancelled);

        await world.StartOperatorAsync();

        await Eventually.Holds(async () => await world.Group("acme").DocumentsAsync() is ["acme.json"]);
        var owner = (await world.Receiver.ConfigMapAsync())!.Metadata.OwnerReferences.Single();
        Assert.Equal((acme.Metadata.Uid, null), (owner.Uid, owner.Controller));
        await world.IsReadyAsync("acme");
    }

    private static V1Patch Merge(string patch) => new(patch, V1Patch.PatchType.MergePatch);

    /// <summary>From now on the public URL leads to the receiver of that group.</summary>
    internal static void RoutesTo(PublicEndpoint endpoint, Team team) => endpoint.AnswersWith(async () => await team.Receiver.SecretAsync("acme.probe-key"));
}
