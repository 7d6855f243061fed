using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class ApplyTests(WidgetControlPlane plane)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_apply_of_a_deployment_makes_no_request_at_all()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var pods = new PodActor(plane.Client, space.Name);
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();

        Assert.Equal(ApplyOutcome.Created, (await applier.ApplyAsync(Build.Deployment(space.Name, "web"), owner, Token)).Outcome);
        await CachedAsync(@operator, deployment => deployment.Status?.AvailableReplicas == 1);
        @operator.Requests.Clear();
        var again = await applier.ApplyAsync(Build.Deployment(space.Name, "web"), owner, Token);

        Assert.Equal(ApplyOutcome.Unchanged, again.Outcome);
        Assert.Equal(1, again.Entity.Status.AvailableReplicas);
        Assert.DoesNotContain(@operator.Requests.Requests, request => request.Path.Contains("/deployments/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"docker.io/evil/app:1"}]""")]
    [InlineData("""[{"op":"replace","path":"/spec/replicas","value":3}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/ownerReferences"}]""")]
    [InlineData("""[{"op":"remove","path":"/spec/template/spec/containers/0/env"}]""")]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/0/resources/requests/cpu","value":"2"}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/annotations/runtime-test~1applied-intent"}]""")]
    public async Task A_hand_edit_is_repaired(string edit)
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        await applier.ApplyAsync(Build.Deployment(space.Name, "web"), owner, Token);

        var edited = await plane.Client.AppsV1.PatchNamespacedDeploymentAsync(
            new V1Patch(edit, V1Patch.PatchType.JsonPatch), "web", space.Name, fieldManager: "kubectl-edit", cancellationToken: Token);
        await CachedAsync(@operator, deployment => long.Parse(deployment.Metadata.ResourceVersion, null) >= long.Parse(edited.Metadata.ResourceVersion, null));
        if (edit.Contains("ownerReferences", StringComparison.Ordinal))
        {
            // Without our mark it is nobody's, and nobody's things are left alone.
            await Assert.ThrowsAsync<ForeignOwnerException>(() => applier.ApplyAsync(Build.Deployment(space.Name, "web"), owner, Token));
            return;
        }

        var repaired = await applier.ApplyAsync(Build.Deployment(space.Name, "web"), owner, Token);

        Assert.Contains(repaired.Outcome, new[] { ApplyOutcome.Repaired, ApplyOutcome.Configured });
        Assert.Equal("docker.io/local/app:1", repaired.Entity.Spec.Template.Spec.Containers[0].Image);
        Assert.Equal(1, repaired.Entity.Spec.Replicas);
        Assert.Equal("500m", repaired.Entity.Spec.Template.Spec.Containers[0].Resources.Requests["cpu"].ToString());
        Assert.Equal("A", repaired.Entity.Spec.Template.Spec.Containers[0].Env.Single().Name);
    }

    [Fact]
    public async Task A_field_that_is_no_longer_intended_goes_and_another_manager_s_field_stays()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        var intent = Build.ConfigMap(space.Name, "map", ("ours", "1"), ("later-gone", "2"));
        await applier.ApplyAsync(intent, owner, Token);
        await plane.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"theirs":"3"}}""", V1Patch.PatchType.MergePatch), "map", space.Name, fieldManager: "somebody", cancellationToken: Token);

        intent.Data.Remove("later-gone");
        var applied = await applier.ApplyAsync(intent, owner, Token);

        Assert.Equal(ApplyOutcome.Configured, applied.Outcome);
        Assert.Equal(["ours", "theirs"], applied.Entity.Data.Keys.Order());
        Assert.Equal(ApplyOutcome.Unchanged, (await applier.ApplyAsync(intent, owner, Token)).Outcome);
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 1)]
    public async Task A_field_that_is_handed_over_keeps_its_value_until_somebody_else_or_a_later_intent_writes_it(bool isHandedOver, int left)
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        await ApplyAsync(5);
        if (isHandedOver)
        {
            await Eventually.Holds(HandOverAsync);
        }

        Assert.Equal(left, (await ApplyAsync(null)).Spec.Replicas);

        await plane.Client.AppsV1.PatchNamespacedDeploymentScaleAsync(new V1Patch("""{"spec":{"replicas":3}}""", V1Patch.PatchType.MergePatch), "web", space.Name, cancellationToken: Token);
        await CachedAsync(@operator, deployment => deployment.Spec.Replicas == 3);
        Assert.Equal(3, (await ApplyAsync(null)).Spec.Replicas);
        Assert.Equal(2, (await ApplyAsync(2)).Spec.Replicas);

        async Task<bool> HandOverAsync()
        {
            var live = await plane.Client.AppsV1.ReadNamespacedDeploymentAsync("web", space.Name, cancellationToken: Token);
            try
            {
                await applier.HandOverAsync(live, new V1Deployment { Metadata = Build.Deployment(space.Name, "web").Metadata, Spec = new V1DeploymentSpec { Replicas = 5 } }, Token);
                return true;
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
            {
                // The Deployment's controller wrote its status meanwhile.
                return false;
            }
        }

        async Task<V1Deployment> ApplyAsync(int? replicas)
        {
            var intent = Build.Deployment(space.Name, "web");
            intent.Spec.Replicas = replicas;
            return (await applier.ApplyAsync(intent, owner, Token)).Entity;
        }
    }

    [Fact]
    public async Task Somebody_else_s_object_is_refused_and_left_as_it_is()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var widgets = new WidgetClient(plane.Client, space.Name);
        var one = await widgets.CreateAsync("one");
        var two = await widgets.CreateAsync("two");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        await applier.ApplyAsync(Build.ConfigMap(space.Name, "owned", ("a", "1")), one, Token);
        await plane.Client.CoreV1.CreateNamespacedConfigMapAsync(Build.ConfigMap(space.Name, "by-hand", ("a", "1")), space.Name, cancellationToken: Token);

        var owned = await Assert.ThrowsAsync<ForeignOwnerException>(() => applier.ApplyAsync(Build.ConfigMap(space.Name, "owned", ("a", "2")), two, Token));
        var byHand = await Assert.ThrowsAsync<ForeignOwnerException>(() => applier.ApplyAsync(Build.ConfigMap(space.Name, "by-hand", ("a", "2")), two, Token));
        await Assert.ThrowsAsync<ForeignOwnerException>(() => applier.DeleteAsync<V1ConfigMap>("owned", two, Token));

        Assert.Equal("Widget/one", owned.Owner);
        Assert.Null(byHand.Owner);
        Assert.Equal("1", (await plane.Client.CoreV1.ReadNamespacedConfigMapAsync("owned", space.Name, cancellationToken: Token)).Data["a"]);
    }

    [Fact]
    public async Task A_Secret_is_applied_without_a_hash_of_its_values_and_a_changed_value_is_repaired()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        var first = await applier.ApplyAsync(Build.Secret(space.Name, "token", ("token", "one")), owner, Token);
        Assert.Equal(ApplyOutcome.Unchanged, (await applier.ApplyAsync(Build.Secret(space.Name, "token", ("token", "one")), owner, Token)).Outcome);

        var second = await applier.ApplyAsync(Build.Secret(space.Name, "token", ("token", "two")), owner, Token);

        Assert.Equal("two"u8.ToArray(), second.Entity.Data["token"]);
        Assert.Equal(first.Entity.Metadata.Annotations["runtime-test/applied-intent"], second.Entity.Metadata.Annotations["runtime-test/applied-intent"]);
    }

    [Fact]
    public async Task Services_and_budgets_are_stable_although_the_server_fills_in_defaults()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        var selector = new Dictionary<string, string> { ["app"] = "web" };
        V1Service Service() => new()
        {
            Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = space.Name },
            Spec = new V1ServiceSpec { Selector = selector, Ports = [new V1ServicePort { Name = "http", Port = 80, TargetPort = "http" }, new V1ServicePort { Name = "metrics", Port = 9090, TargetPort = 9090 }] },
        };
        V1NetworkPolicy Policy() => new()
        {
            Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = space.Name },
            Spec = new V1NetworkPolicySpec
            {
                PodSelector = new V1LabelSelector { MatchLabels = selector },
                PolicyTypes = ["Ingress"],
                Ingress = [new V1NetworkPolicyIngressRule { Ports = [new V1NetworkPolicyPort { Port = 8080 }, new V1NetworkPolicyPort { Port = 9090 }] }],
            },
        };
        await applier.ApplyAsync(Service(), owner, Token);
        await applier.ApplyAsync(Policy(), owner, Token);

        Assert.Equal(ApplyOutcome.Unchanged, (await applier.ApplyAsync(Service(), owner, Token)).Outcome);
        Assert.Equal(ApplyOutcome.Unchanged, (await applier.ApplyAsync(Policy(), owner, Token)).Outcome);
    }

    [Fact]
    public async Task A_child_that_is_no_longer_wanted_is_deleted_once()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await StartAsync(space);
        var owner = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        var applier = @operator.Services.GetRequiredService<IResourceApplier>();
        await applier.ApplyAsync(Build.ConfigMap(space.Name, "map", ("a", "1")), owner, Token);

        Assert.True(await applier.DeleteAsync<V1ConfigMap>("map", owner, Token));
        Assert.False(await applier.DeleteAsync<V1ConfigMap>("map", owner, Token));
    }

    private Task<TestOperator> StartAsync(TestNamespace space) => TestOperator.StartAsync(plane, [space.Name], build: builder => builder.AddInformer<V1Deployment>());

    private static Task CachedAsync(TestOperator @operator, Func<V1Deployment, bool> condition)
    {
        var lister = @operator.Services.GetRequiredService<ILister<V1Deployment>>();
        return Eventually.Holds(() => lister.List().Any(condition));
    }
}
