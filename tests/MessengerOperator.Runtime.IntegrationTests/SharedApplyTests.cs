using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.Runtime.IntegrationTests.Widgets;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>Objects that several owners share: each has its part, nobody disturbs another, and the last one's end is the object's end.</summary>
public sealed class SharedApplyTests(WidgetControlPlane plane)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_owner_contributes_its_own_keys_and_changes_only_those()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        Assert.Equal(ApplyOutcome.Created, (await shared.ContributeAsync(shared.One, ("one", "1"), ("one-more", "1"))).Outcome);
        Assert.Equal(ApplyOutcome.Configured, (await shared.ContributeAsync(shared.Two, ("two", "2"))).Outcome);

        var applied = await shared.ContributeAsync(shared.One, ("one", "changed"));

        Assert.Equal(ApplyOutcome.Configured, applied.Outcome);
        Assert.Equal(["one=changed", "two=2"], Contents(applied.Entity));
        Assert.Equal(["one", "two"], applied.Entity.Metadata.OwnerReferences.Select(owner => owner.Name).Order());
        Assert.DoesNotContain(applied.Entity.Metadata.OwnerReferences, owner => owner.Controller == true);
    }

    [Fact]
    public async Task A_part_that_is_as_it_should_be_costs_no_request()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.ContributeAsync(shared.One, ("one", "1"));
        var latest = await shared.ContributeAsync(shared.Two, ("two", "2"));
        await shared.CachedAsync(map => map.Metadata.ResourceVersion == latest.Entity.Metadata.ResourceVersion);
        shared.Operator.Requests.Clear();

        Assert.Equal(ApplyOutcome.Unchanged, (await shared.ContributeAsync(shared.One, ("one", "1"))).Outcome);
        Assert.Equal(ApplyOutcome.Unchanged, (await shared.ContributeAsync(shared.Two, ("two", "2"))).Outcome);
        Assert.DoesNotContain(shared.Operator.Requests.Requests, request => request.Path.Contains("/configmaps/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/data/one","value":"evil"}]""")]
    [InlineData("""[{"op":"remove","path":"/data/one"}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/annotations"}]""")]
    public async Task A_hand_edit_of_a_part_is_repaired_by_its_owner(string edit)
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.ContributeAsync(shared.One, ("one", "1"));
        await shared.ContributeAsync(shared.Two, ("two", "2"));
        var edited = await plane.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch(edit, V1Patch.PatchType.JsonPatch), SharedMap.Name, shared.Namespace, fieldManager: "kubectl-edit", cancellationToken: Token);
        await shared.CachedAsync(map => map.Metadata.ResourceVersion == edited.Metadata.ResourceVersion);

        var repaired = await shared.ContributeAsync(shared.One, ("one", "1"));

        Assert.Contains(repaired.Outcome, new[] { ApplyOutcome.Repaired, ApplyOutcome.Configured });
        Assert.Equal(["one=1", "two=2"], Contents(repaired.Entity));
    }

    [Fact]
    public async Task Who_takes_its_part_back_takes_nothing_else_and_is_no_owner_any_more()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.ContributeAsync(shared.One, ("one", "1"));
        await shared.ContributeAsync(shared.Two, ("two", "2"));

        Assert.True(await shared.Applier.WithdrawAsync<V1ConfigMap>(shared.Key, "one", Token));
        Assert.False(await shared.Applier.WithdrawAsync<V1ConfigMap>(shared.Key, "one", Token));

        var left = await shared.ReadAsync();
        Assert.Equal(["two=2"], Contents(left));
        Assert.Equal("two", left.Metadata.OwnerReferences.Single().Name);
        Assert.Equal("shared", left.Metadata.Labels["kind"]);
        Assert.Single(left.Metadata.Annotations);
    }

    [Fact]
    public async Task To_take_back_a_part_of_what_is_not_there_makes_nothing()
    {
        await using var shared = await SharedMap.StartAsync(plane);

        Assert.False(await shared.Applier.WithdrawAsync<V1ConfigMap>(shared.Key, "one", Token));

        Assert.Empty((await plane.Client.CoreV1.ListNamespacedConfigMapAsync(shared.Namespace, fieldSelector: $"metadata.name={SharedMap.Name}", cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task A_part_applied_for_a_new_object_of_the_same_name_replaces_the_old_ones_part()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.ContributeAsync(shared.One, ("one", "1"), ("of-the-old-one", "1"));
        await shared.ContributeAsync(shared.Two, ("two", "2"));
        await shared.RemoveAsync("one");
        var again = await shared.Widgets.CreateAsync("one");

        var applied = await shared.ContributeAsync(again, ("one", "1"));

        Assert.Equal(["one=1", "two=2"], Contents(applied.Entity));
        Assert.Equal([again.Metadata.Uid], applied.Entity.Metadata.OwnerReferences.Where(owner => owner.Name == "one").Select(owner => owner.Uid));
    }

    [Fact]
    public async Task Somebody_elses_object_gets_no_part_and_is_left_as_it_is()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await plane.Client.CoreV1.CreateNamespacedConfigMapAsync(Build.ConfigMap(shared.Namespace, SharedMap.Name, ("precious", "1")), shared.Namespace, cancellationToken: Token);

        var refused = await Assert.ThrowsAsync<ForeignOwnerException>(() => shared.ContributeAsync(shared.One, ("one", "1")));
        await Assert.ThrowsAsync<ForeignOwnerException>(() => shared.Applier.DeleteAsync<V1ConfigMap>(shared.Key, shared.Both, Token));

        Assert.Null(refused.Owner);
        Assert.Equal(["precious=1"], Contents(await shared.ReadAsync()));
    }

    [Fact]
    public async Task What_one_owner_controlled_becomes_shared_without_a_trace_of_the_former_whole()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.Applier.ApplyAsync(Build.ConfigMap(shared.Namespace, SharedMap.Name, ("whole", "1")), shared.One, Token);

        await shared.ContributeAsync(shared.One, ("one", "1"));
        var applied = await shared.ContributeAsync(shared.Two, ("two", "2"));

        Assert.Equal(["one=1", "two=2"], Contents(applied.Entity));
        Assert.DoesNotContain(applied.Entity.Metadata.OwnerReferences, owner => owner.Controller == true);
        Assert.DoesNotContain("runtime-test/applied-intent", applied.Entity.Metadata.Annotations.Keys);
    }

    [Fact]
    public async Task A_whole_object_of_several_owners_follows_them_and_outlives_each()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        var intent = Build.ConfigMap(shared.Namespace, SharedMap.Name, ("a", "1"));
        Assert.Equal(ApplyOutcome.Created, (await shared.Applier.ApplyAsync(intent, shared.Both, Token)).Outcome);
        Assert.Equal(ApplyOutcome.Unchanged, (await shared.Applier.ApplyAsync(intent, shared.Both, Token)).Outcome);

        var left = await shared.Applier.ApplyAsync(intent, Ownership.Shared<Widget>([Reference(shared.Two)]), Token);

        Assert.Equal("two", left.Entity.Metadata.OwnerReferences.Single().Name);
        Assert.Equal(ApplyOutcome.Unchanged, (await shared.Applier.ApplyAsync(intent, Ownership.Shared<Widget>([Reference(shared.Two)]), Token)).Outcome);
        Assert.True(await shared.Applier.DeleteAsync<V1ConfigMap>(shared.Key, shared.Both, Token));
    }

    [Fact]
    public async Task An_owner_that_comes_or_goes_is_no_new_generation_of_a_Deployment()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        var intent = Build.Deployment(shared.Namespace, "web");
        await shared.Applier.ApplyAsync(intent, Ownership.Shared<Widget>([Reference(shared.One)]), Token);

        await shared.Applier.ApplyAsync(intent, shared.Both, Token);
        var applied = await shared.Applier.ApplyAsync(intent, Ownership.Shared<Widget>([Reference(shared.Two)]), Token);

        Assert.Equal("two", applied.Entity.Metadata.OwnerReferences.Single().Name);
        Assert.Equal(1, applied.Entity.Metadata.Generation);
    }

    [Fact]
    public async Task A_guard_sees_what_a_change_would_make_of_an_object_and_may_keep_it_as_it_is()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        var intent = Build.Deployment(shared.Namespace, "web");
        List<(V1Deployment Live, V1Deployment Next)> asked = [];
        var allows = false;
        Assert.Equal(ApplyOutcome.Created, (await ApplyAsync()).Outcome);
        Assert.Equal(ApplyOutcome.Unchanged, (await ApplyAsync()).Outcome);
        Assert.Empty(asked);

        intent.Spec.Template.Spec.Containers[0].Image = "docker.io/local/app:2";
        intent.Spec.Template.Spec.Containers[0].Env = null;
        var held = await ApplyAsync();

        Assert.Equal((ApplyOutcome.Held, 1L), (held.Outcome, held.Entity.Metadata.Generation));
        Assert.Equal(("docker.io/local/app:1", "A"), (asked[0].Live.Spec.Template.Spec.Containers[0].Image, asked[0].Live.Spec.Template.Spec.Containers[0].Env.Single().Name));
        Assert.Equal(("docker.io/local/app:2", null), (asked[0].Next.Spec.Template.Spec.Containers[0].Image, asked[0].Next.Spec.Template.Spec.Containers[0].Env));
        Assert.Equal("Always", asked[0].Next.Spec.Template.Spec.RestartPolicy);
        Assert.Equal(1, (await plane.Client.AppsV1.ReadNamespacedDeploymentAsync("web", shared.Namespace, cancellationToken: Token)).Metadata.Generation);

        allows = true;
        var changed = await ApplyAsync();

        Assert.Equal((ApplyOutcome.Configured, 2L), (changed.Outcome, changed.Entity.Metadata.Generation));
        Assert.Equal(2, asked.Count);

        Task<ApplyResult<V1Deployment>> ApplyAsync() => shared.Applier.ApplyAsync(intent, shared.Both, Token, (live, next, _) =>
        {
            asked.Add((live, next));
            return ValueTask.FromResult(allows);
        });
    }

    [Fact]
    public async Task A_shared_object_goes_with_its_last_owner_and_not_before()
    {
        await using var shared = await SharedMap.StartAsync(plane);
        await shared.ContributeAsync(shared.One, ("one", "1"));
        await shared.ContributeAsync(shared.Two, ("two", "2"));

        // Without a word to the object: the garbage collector has to see to it.
        await shared.RemoveAsync("one");
        await Eventually.Holds(async () => (await shared.ReadAsync()).Metadata.OwnerReferences.Count == 1);
        await shared.RemoveAsync("two");

        await Eventually.Holds(async () =>
            (await plane.Client.CoreV1.ListNamespacedConfigMapAsync(shared.Namespace, fieldSelector: $"metadata.name={SharedMap.Name}", cancellationToken: Token)).Items.Count == 0);
    }

    private static IEnumerable<string> Contents(V1ConfigMap map) => (map.Data ?? new Dictionary<string, string>()).Select(item => $"{item.Key}={item.Value}").Order();

    private static V1OwnerReference Reference(Widget widget) => new()
    {
        ApiVersion = widget.ApiVersion,
        Kind = widget.Kind,
        Name = widget.Metadata.Name,
        Uid = widget.Metadata.Uid,
    };

    /// <summary>Two owners and the map that they share.</summary>
    private sealed class SharedMap : IAsyncDisposable
    {
        public const string Name = "shared";

        private readonly WidgetControlPlane _plane;
        private readonly TestNamespace _space;

        private SharedMap(WidgetControlPlane plane, TestNamespace space, TestOperator @operator, WidgetClient widgets, Widget one, Widget two) =>
            (_plane, _space, Operator, Widgets, One, Two) = (plane, space, @operator, widgets, one, two);

        public string Namespace => _space.Name;

        public NamespacedName Key => new(Namespace, Name);

        public TestOperator Operator { get; }

        public WidgetClient Widgets { get; }

        public Widget One { get; }

        public Widget Two { get; }

        public Ownership Both => Ownership.Shared<Widget>([Reference(Two), Reference(One)]);

        public IResourceApplier Applier => Operator.Services.GetRequiredService<IResourceApplier>();

        public static async Task<SharedMap> StartAsync(WidgetControlPlane plane)
        {
            var space = await plane.NewNamespaceAsync();
            var @operator = await TestOperator.StartAsync(plane, [space.Name], build: builder => builder.AddInformer<V1ConfigMap>());
            var widgets = new WidgetClient(plane.Client, space.Name);
            return new(plane, space, @operator, widgets, await widgets.CreateAsync("one"), await widgets.CreateAsync("two"));
        }

        public Task<ApplyResult<V1ConfigMap>> ContributeAsync(Widget owner, params (string Key, string Value)[] data)
        {
            var intent = Build.ConfigMap(Namespace, Name, data);
            intent.Metadata.Labels = new Dictionary<string, string> { ["kind"] = "shared" };
            return Applier.ApplyAsync(intent, Ownership.Part(owner, owner.Metadata.Name), Token);
        }

        // Not by the client's own method, which cannot read the Status that this server answers with.
        public async Task RemoveAsync(string name) => (await _plane.Client.HttpClient.DeleteAsync(
            new Uri(_plane.Client.BaseUri, $"apis/runtime.test/v1/namespaces/{Namespace}/widgets/{name}"), Token)).EnsureSuccessStatusCode();

        public Task<V1ConfigMap> ReadAsync() => _plane.Client.CoreV1.ReadNamespacedConfigMapAsync(Name, Namespace, cancellationToken: Token);

        public Task CachedAsync(Func<V1ConfigMap, bool> condition) => Eventually.Holds(() => Operator.Services.GetRequiredService<ILister<V1ConfigMap>>().List().Any(condition));

        public async ValueTask DisposeAsync()
        {
            await Operator.DisposeAsync();
            await _space.DisposeAsync();
        }
    }
}
