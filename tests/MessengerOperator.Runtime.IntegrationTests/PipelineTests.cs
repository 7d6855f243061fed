using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.IntegrationTests.Widgets;
using MessengerOperator.TestKit;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class PipelineTests(WidgetControlPlane plane)
{
    [Fact]
    public async Task A_new_object_gets_its_finalizer_and_becomes_ready_in_two_writes()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);

        await widgets.CreateAsync("one");
        var widget = await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);

        Assert.Contains("runtime.test/cleanup", widget.Metadata.Finalizers);
        Assert.Equal(widget.Metadata.Generation, widget.Status!.ObservedGeneration);
        Assert.All(widget.Status.Conditions!, condition => Assert.Equal(widget.Metadata.Generation, condition.ObservedGeneration));
        Assert.DoesNotContain(widget.Status.Conditions!, condition => condition.Type is "Reconciling" or "Stalled");
        Assert.Equal(2, @operator.Requests.Writes.Count);
    }

    [Fact]
    public async Task A_second_pass_over_an_unchanged_world_writes_nothing()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        await widgets.CreateAsync("one");
        await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);
        var passes = @operator.Script.Passes["one"];
        @operator.Requests.Clear();

        await widgets.PatchAsync("one", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["look"] = "again" } } });
        await Eventually.Holds(() => @operator.Script.Passes["one"] > passes);
        await @operator.StopAsync();

        Assert.Empty(@operator.Requests.Writes);
    }

    [Fact]
    public async Task A_stalled_step_says_so_and_is_not_retried_until_the_spec_changes()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        @operator.Script.First.Script = (context, _) => new(context.Entity.Spec.Text == "bad" ? StepOutcome.Stalled("InvalidSpec", "The text is bad.") : StepOutcome.Done);

        await widgets.CreateAsync("one", "bad");
        var stalled = await Eventually.Gets(() => widgets.GetAsync("one"), widget => Condition(widget, "Stalled")?.Status == "True");
        Assert.Equal(("False", "InvalidSpec", "The text is bad."), (Condition(stalled, "Ready")!.Status, Condition(stalled, "Ready")!.Reason, Condition(stalled, "Ready")!.Message));
        Assert.Equal(stalled.Metadata.Generation, stalled.Status!.ObservedGeneration);
        Assert.Equal("Unknown", Condition(stalled, "Built")!.Status);

        await widgets.SetTextAsync("one", "good");
        var ready = await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);
        Assert.Null(Condition(ready, "Stalled"));
    }

    [Fact]
    public async Task A_step_that_throws_is_retried_and_hurts_nobody_else()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        var broken = true;
        @operator.Script.Second.Script = (context, _) => context.Entity.Metadata.Name == "bad" && broken ? throw new InvalidOperationException("secret-text") : new(StepOutcome.Done);

        await widgets.CreateAsync("bad");
        await widgets.CreateAsync("good");
        await Eventually.Gets(() => widgets.GetAsync("good"), IsReady);
        var failed = await Eventually.Gets(() => widgets.GetAsync("bad"), widget => Condition(widget, "Built")?.Reason == "Error");
        Assert.Equal("Unknown", Condition(failed, "Ready")!.Status);
        Assert.Equal("True", Condition(failed, "Reconciling")!.Status);
        Assert.DoesNotContain("secret-text", KubernetesJson.Serialize(failed), StringComparison.Ordinal);

        broken = false;
        await Eventually.Gets(() => widgets.GetAsync("bad"), IsReady);
    }

    [Fact]
    public async Task A_ledger_entry_is_written_before_the_effect_and_survives_its_failure()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        IReadOnlyList<string>? seenAtEffect = null;
        @operator.Script.Second.Script = async (context, token) =>
        {
            if (context.Status.Ledger is null)
            {
                context.Status = context.Status with { Ledger = ["pending"] };
                await context.PersistStatusAsync(token);
                seenAtEffect = (await widgets.GetAsync("one")).Status?.Ledger;
                throw new InvalidOperationException("the effect failed");
            }

            context.Status = context.Status with { Ledger = ["active"] };
            return StepOutcome.Done;
        };

        await widgets.CreateAsync("one");
        var ready = await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);

        Assert.Equal(["pending"], seenAtEffect);
        Assert.Equal(["active"], ready.Status!.Ledger);
    }

    [Fact]
    public async Task A_deleted_object_goes_only_after_its_cleanup()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        var done = false;
        @operator.Script.Finalize = _ => new(done ? StepOutcome.Done : StepOutcome.Wait("Deregistering", "The provider does not answer.", TimeSpan.FromMilliseconds(50)));
        await widgets.CreateAsync("one");
        await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);
        await widgets.PatchAsync("one", new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray("somebody.else/first", "runtime.test/cleanup") } });

        await widgets.DeleteAsync("one");
        await Eventually.Gets(() => widgets.GetAsync("one"), widget => Condition(widget, "Ready")?.Reason == "Deregistering");
        done = true;
        var left = await Eventually.Gets(() => widgets.GetAsync("one"), widget => !widget.Metadata.Finalizers.Contains("runtime.test/cleanup"));
        Assert.Equal(["somebody.else/first"], left.Metadata.Finalizers);

        await widgets.PatchAsync("one", new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } });
        await Eventually.Holds(() => @operator.Script.Deleted.Contains("one"));
        Assert.False(await widgets.ExistsAsync("one"));
    }

    [Fact]
    public async Task A_suspended_object_is_left_alone()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);

        await widgets.CreateAsync("one", suspend: true);
        var widget = await Eventually.Gets(() => widgets.GetAsync("one"), found => Condition(found, "Ready")?.Reason == "Suspended");

        Assert.Equal(0, @operator.Script.First.Runs);
        Assert.Null(widget.Metadata.Finalizers);
    }

    [Fact]
    public async Task A_reported_condition_never_makes_ready_false()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var widgets = new WidgetClient(plane.Client, space.Name);
        @operator.Script.Reported.Returns(StepOutcome.Wait("PendingDeliveries", "Deliveries pile up.", TimeSpan.FromMinutes(5)));

        await widgets.CreateAsync("one");
        var widget = await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);

        Assert.Equal("False", Condition(widget, "Healthy")!.Status);
        Assert.Equal(widget.Metadata.Generation, widget.Status!.ObservedGeneration);
    }

    [Fact]
    public async Task A_conflict_is_retried_at_once_and_leaves_no_trace_in_status()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name], options => options.MinBackoff = TimeSpan.FromMinutes(1));
        var widgets = new WidgetClient(plane.Client, space.Name);
        var conflicts = 3;
        @operator.Script.Second.Script = (_, _) => conflicts-- > 0
            ? throw new k8s.Autorest.HttpOperationException { Response = new(new HttpResponseMessage(System.Net.HttpStatusCode.Conflict), string.Empty) }
            : new(StepOutcome.Done);

        await widgets.CreateAsync("one");

        await Eventually.Gets(() => widgets.GetAsync("one"), IsReady);
    }

    private static bool IsReady(Widget widget) => Condition(widget, ConditionType.Ready.Name)?.Status == "True" && widget.Status!.ObservedGeneration == widget.Metadata.Generation;

    private static V1Condition? Condition(Widget widget, string type) => widget.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
