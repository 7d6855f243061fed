using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.TestKit;

namespace MessengerOperator.Runtime.IntegrationTests;

[Collection(MeasuredAlone.Name)]
public sealed class InformerTests(WidgetControlPlane plane)
{
    private static readonly ResourceType ConfigMaps = ResourceType.Of<V1ConfigMap>();

    [Fact]
    public async Task It_lists_in_pages_and_then_follows_every_change()
    {
        await using var space = await plane.NewNamespaceAsync();
        for (var i = 0; i < 7; i++)
        {
            await CreateAsync(space, $"map-{i}");
        }

        await using var informer = NewInformer([space.Name], options => options.ListPageSize = 3, new() { LabelSelector = "test" });
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, informer.Informer.List().Count);
        Assert.Equal(2, informer.Requests.Requests.Count(request => request.Path.Contains("continue=", StringComparison.Ordinal)));
        Assert.All(informer.Changes, change => Assert.True(change.IsInitial));
        Assert.All(informer.Informer.List(), map => Assert.Null(map.Metadata.ManagedFields));

        await CreateAsync(space, "new");
        await Eventually.Holds(() => informer.Has("new"));
        await DeleteAsync(space, "map-0");
        await Eventually.Holds(() => !informer.Has("map-0"));
        Assert.Equal(DeltaType.Deleted, informer.Changes[^1].Type);
        Assert.Equal(1, informer.Lists);
    }

    [Fact]
    public async Task A_cut_connection_is_resumed_from_the_last_version_without_losing_anything()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var proxy = new CuttableProxy(plane.Client.BaseUri);
        await CreateAsync(space, "goes");
        await CreateAsync(space, "stays");
        await using var informer = NewInformer([space.Name], connection: configuration => Through(configuration, proxy), informerOptions: new() { LabelSelector = "test" });
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);

        proxy.Refuse();
        await DeleteAsync(space, "goes");
        await CreateAsync(space, "comes");
        proxy.Restore();

        await Eventually.Holds(() => !informer.Has("goes") && informer.Has("comes") && informer.Has("stays"));
        Assert.Equal(1, informer.Lists);
        Assert.Single(informer.Changes, change => change.Type == DeltaType.Deleted);
    }

    [Fact]
    public async Task A_frozen_connection_is_given_up_after_the_deadline()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var proxy = new CuttableProxy(plane.Client.BaseUri);
        await using var informer = NewInformer(
            [space.Name], options => options.WatchTimeout = TimeSpan.FromSeconds(2), new() { LabelSelector = "test" }, configuration => Through(configuration, proxy));
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);

        proxy.Freeze();
        await CreateAsync(space, "new");
        await Eventually.Holds(() => informer.Informer.SinceContact > TimeSpan.FromSeconds(5));
        Assert.False(informer.Has("new"));
        proxy.Cut();
        proxy.Restore();

        await Eventually.Holds(() => informer.Has("new"), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Several_namespaces_stand_behind_one_lister_and_others_stay_out()
    {
        await using var one = await plane.NewNamespaceAsync();
        await using var two = await plane.NewNamespaceAsync();
        await using var other = await plane.NewNamespaceAsync();
        await CreateAsync(one, "a");
        await CreateAsync(two, "b");
        await CreateAsync(other, "c");
        await using var informer = NewInformer([one.Name, two.Name], informerOptions: new() { LabelSelector = "test" });
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], informer.Informer.List().Select(map => map.Metadata.Name).Order());
        Assert.Equal(["b"], informer.Informer.List(two.Name).Select(map => map.Metadata.Name));
        Assert.True(informer.Informer.TryGet(new NamespacedName(one.Name, "a"), out _));
    }

    [Fact]
    public async Task An_index_follows_the_objects()
    {
        await using var space = await plane.NewNamespaceAsync();
        var options = new InformerOptions<V1ConfigMap> { LabelSelector = "test" };
        options.Indexes["color"] = map => map.Data?.TryGetValue("color", out var color) == true ? [color] : [];
        await using var informer = NewInformer([space.Name], informerOptions: options);
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);

        await CreateAsync(space, "a", ("color", "red"));
        await CreateAsync(space, "b", ("color", "red"));
        await Eventually.Holds(() => informer.Informer.ByIndex("color", "red").Count == 2);
        await plane.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"color":"blue"}}""", V1Patch.PatchType.MergePatch), "a", space.Name, cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.Holds(() => informer.Informer.ByIndex("color", "blue").Count == 1 && informer.Informer.ByIndex("color", "red").Count == 1);
        await DeleteAsync(space, "a");
        await Eventually.Holds(() => informer.Informer.ByIndex("color", "blue").Count == 0);
    }

    [Fact]
    public async Task Metadata_only_never_brings_the_content_of_a_Secret_over_the_wire()
    {
        await using var space = await plane.NewNamespaceAsync();
        await plane.Client.CoreV1.CreateNamespacedSecretAsync(
            Build.Secret(space.Name, "before", ("token", "planted-secret")), space.Name, cancellationToken: TestContext.Current.CancellationToken);
        await using var informer = new TestInformer<PartialObjectMetadata>(
            plane.NewConfiguration(), ResourceType.Of<V1Secret>(), new OperatorOptions { Namespaces = [space.Name] }, keepReceived: true);
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);
        Assert.True(informer.Has("before"));

        await plane.Client.CoreV1.CreateNamespacedSecretAsync(
            Build.Secret(space.Name, "after", ("token", "planted-secret")), space.Name, cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.Holds(() => informer.Has("after"));

        await Eventually.Holds(() => informer.Requests.ReceivedText.Contains("after", StringComparison.Ordinal));
        Assert.DoesNotContain(Convert.ToBase64String("planted-secret"u8), informer.Requests.ReceivedText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_the_server_lacks_counts_as_empty_when_it_is_optional()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var informer = new TestInformer<V1ConfigMap>(
            plane.NewConfiguration(), new ResourceType("nothing.test", "v1", "Nothing", "nothings"),
            new OperatorOptions { Namespaces = [space.Name], WatchTimeout = TimeSpan.FromSeconds(1) }, new InformerOptions<V1ConfigMap> { IsOptional = true });

        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);

        Assert.Empty(informer.Informer.List());

        // Asked for again within the time after which a server that is not heard of makes the operator unready.
        await Eventually.Holds(() => informer.Requests.Requests.Count(request => request.Path.Contains("nothings", StringComparison.Ordinal)) >= 3);
    }

    [Fact]
    public async Task Hundreds_of_reconnects_leave_no_tasks_connections_or_memory_behind()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var proxy = new CuttableProxy(plane.Client.BaseUri);
        await using var informer = NewInformer([space.Name], informerOptions: new() { LabelSelector = "test" }, connection: configuration => Through(configuration, proxy));
        await informer.Informer.WaitForSyncAsync(TestContext.Current.CancellationToken);
        var before = 0L;
        for (var i = 0; i < 300; i++)
        {
            var watches = proxy.Accepted;
            await CreateAsync(space, $"m-{i}");
            await Eventually.Holds(() => informer.Has($"m-{i}"));
            proxy.Cut();
            await Eventually.Holds(() => proxy.Accepted > watches);
            if (i == 50)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(300, informer.Informer.Count);
        Assert.Equal(1, informer.Lists);
        Assert.True(grown < 4 * 1024 * 1024, $"grew by {grown} bytes");
        Assert.True(proxy.Open <= 4, $"{proxy.Open} connections are open");
    }

    private static void Through(KubernetesClientConfiguration configuration, CuttableProxy proxy) => configuration.Host = proxy.Address;

    private TestInformer<V1ConfigMap> NewInformer(
        IReadOnlyList<string> namespaces, Action<OperatorOptions>? options = null, InformerOptions<V1ConfigMap>? informerOptions = null, Action<KubernetesClientConfiguration>? connection = null)
    {
        var configuration = plane.NewConfiguration();
        connection?.Invoke(configuration);
        var operatorOptions = new OperatorOptions { Namespaces = namespaces };
        options?.Invoke(operatorOptions);
        return new TestInformer<V1ConfigMap>(configuration, ConfigMaps, operatorOptions, informerOptions);
    }

    private Task<V1ConfigMap> CreateAsync(TestNamespace space, string name, params (string Key, string Value)[] data)
    {
        var map = Build.ConfigMap(space.Name, name, data);
        map.Metadata.Labels = new Dictionary<string, string> { ["test"] = "yes" };
        return plane.Client.CoreV1.CreateNamespacedConfigMapAsync(map, space.Name, cancellationToken: TestContext.Current.CancellationToken);
    }

    private Task<V1Status> DeleteAsync(TestNamespace space, string name) =>
        plane.Client.CoreV1.DeleteNamespacedConfigMapAsync(name, space.Name, cancellationToken: TestContext.Current.CancellationToken);
}
