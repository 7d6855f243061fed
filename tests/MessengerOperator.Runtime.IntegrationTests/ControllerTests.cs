using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Events;
using MessengerOperator.Runtime.Health;
using MessengerOperator.Runtime.IntegrationTests.Widgets;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class ControllerTests(WidgetControlPlane plane)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_a_child_wakes_its_owner()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(
            plane, [space.Name], build: builder => builder.AddController<WidgetController, Widget>(controller => controller.Owns<V1ConfigMap>()));
        var widget = await new WidgetClient(plane.Client, space.Name).CreateAsync("owner");
        await Eventually.Holds(() => @operator.Script.Passes.ContainsKey("owner"));
        var child = Build.ConfigMap(space.Name, "child");
        child.Metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "runtime.test/v1", Kind = "Widget", Name = "owner", Uid = widget.Metadata.Uid, Controller = true }];
        var passes = @operator.Script.Passes["owner"];

        await plane.Client.CoreV1.CreateNamespacedConfigMapAsync(child, space.Name, cancellationToken: Token);
        await Eventually.Holds(() => @operator.Script.Passes["owner"] > passes);
        passes = @operator.Script.Passes["owner"];
        await plane.Client.CoreV1.DeleteNamespacedConfigMapAsync("child", space.Name, cancellationToken: Token);

        await Eventually.Holds(() => @operator.Script.Passes["owner"] > passes);
    }

    [Fact]
    public async Task A_Secret_wakes_the_objects_that_name_it_and_no_others()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(
            plane, [space.Name],
            build: builder => builder.AddController<WidgetController, Widget>(controller => controller
                .Index("secret", widget => [$"{widget.Metadata.NamespaceProperty}/{widget.Spec.Text}"])
                .WatchesMetadata<V1Secret>((secret, widgets) => widgets.ByIndex("secret", NamespacedName.Of(secret).ToString()).Select(NamespacedName.Of))));
        var widgets = new WidgetClient(plane.Client, space.Name);
        await widgets.CreateAsync("uses-it", "credentials");
        await widgets.CreateAsync("other", "something-else");
        await Eventually.Holds(async () => (await widgets.GetAsync("other")).Status?.Conditions is not null && (await widgets.GetAsync("uses-it")).Status?.Conditions is not null);
        var (uses, other) = (@operator.Script.Passes["uses-it"], @operator.Script.Passes["other"]);

        await plane.Client.CoreV1.CreateNamespacedSecretAsync(Build.Secret(space.Name, "credentials", ("token", "x")), space.Name, cancellationToken: Token);
        await Eventually.Holds(() => @operator.Script.Passes["uses-it"] > uses);

        Assert.Equal(other, @operator.Script.Passes["other"]);
    }

    [Fact]
    public async Task Repeated_events_are_counted_into_one()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widget = await new WidgetClient(plane.Client, space.Name).CreateAsync("one");
        var publish = @operator.Services.GetRequiredService<EventPublisher>();
        for (var i = 0; i < 5; i++)
        {
            publish(widget, "RegistrationDrifted", "Somebody changed the webhook.", EventType.Warning);
        }

        var events = await Eventually.Gets(
            () => plane.Client.CoreV1.ListNamespacedEventAsync(space.Name, fieldSelector: "reason=RegistrationDrifted", cancellationToken: Token),
            list => list.Items.Sum(item => item.Count ?? 0) == 5);

        var only = Assert.Single(events.Items);
        Assert.Equal(("one", "Widget", "Warning", "runtime-test"), (only.InvolvedObject.Name, only.InvolvedObject.Kind, only.Type, only.Source.Component));
        Assert.NotNull(only.FirstTimestamp);
    }

    [Fact]
    public async Task A_talkative_object_is_held_back_and_an_overlong_message_is_cut()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widget = await new WidgetClient(plane.Client, space.Name).CreateAsync("one");
        var publish = @operator.Services.GetRequiredService<EventPublisher>();
        for (var i = 0; i < 200; i++)
        {
            publish(widget, "Talk", $"{i} {new string('ü', 2000)}");
        }

        publish((await new WidgetClient(plane.Client, space.Name).CreateAsync("two"))!, "Last", "done");
        await Eventually.Gets(() => plane.Client.CoreV1.ListNamespacedEventAsync(space.Name, fieldSelector: "reason=Last", cancellationToken: Token), list => list.Items.Count == 1);
        var events = await plane.Client.CoreV1.ListNamespacedEventAsync(space.Name, fieldSelector: "reason=Talk", cancellationToken: Token);

        Assert.InRange(events.Items.Count, 1, 12);
        Assert.All(events.Items, item => Assert.True(System.Text.Encoding.UTF8.GetByteCount(item.Message) <= 1024));
    }

    [Fact]
    public async Task Readiness_follows_the_caches()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var proxy = new CuttableProxy(plane.Client.BaseUri);
        proxy.Refuse();
        await using var @operator = await TestOperator.StartAsync(
            plane, [space.Name],
            options =>
            {
                options.WatchTimeout = TimeSpan.FromSeconds(10);
                options.StaleAfter = TimeSpan.FromSeconds(11);
            },
            connection: configuration => configuration.Host = proxy.Address);
        var check = ActivatorUtilities.CreateInstance<InformersHealthCheck>(@operator.Services);
        async Task<HealthStatus> StatusAsync() => (await check.CheckHealthAsync(new HealthCheckContext(), Token)).Status;

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync());
        proxy.Restore();
        await Eventually.Holds(async () => await StatusAsync() == HealthStatus.Healthy);
        proxy.Refuse();
        await Eventually.Holds(async () => await StatusAsync() == HealthStatus.Unhealthy);
        proxy.Restore();
        await Eventually.Holds(async () => await StatusAsync() == HealthStatus.Healthy);
    }
}
