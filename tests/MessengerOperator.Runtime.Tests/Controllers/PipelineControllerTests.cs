using System.Net;
using k8s.Autorest;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Tests.Controllers;

public sealed class PipelineControllerTests : IDisposable
{
    private static readonly StepOutcome CouldNotTell = StepOutcome.KeepLastGood("ProviderUnavailable", "The provider does not answer.", TimeSpan.FromMinutes(1));
    private readonly PipelineWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_next_pass_is_at_the_earliest_wish()
    {
        _world.Controller.Script[0] = _ => StepOutcome.DoneWith("Valid", requeueAfter: TimeSpan.FromMinutes(15));
        _world.Controller.Script[1] = _ => StepOutcome.DoneWith("Registered", requeueAfter: TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(5), (await _world.PassAsync()).RequeueAfter);
    }

    [Fact]
    public async Task Stalled_asks_for_nothing_unless_the_step_does()
    {
        _world.Controller.Script[0] = _ => StepOutcome.Stalled("InvalidSpec", "No.");
        Assert.Null((await _world.PassAsync()).RequeueAfter);

        _world.Controller.Script[0] = _ => StepOutcome.Stalled("InvalidCredentials", "No.") with { RequeueAfter = TimeSpan.FromMinutes(15) };
        Assert.Equal(TimeSpan.FromMinutes(15), (await _world.PassAsync()).RequeueAfter);
    }

    [Fact]
    public async Task A_step_that_waits_and_lets_others_run_keeps_Ready_False_and_says_why_whatever_they_say()
    {
        var secondRuns = 0;
        _world.Controller.Script[0] = _ => StepOutcome.Wait("CrashLooping", "The new version does not start.", TimeSpan.FromMinutes(1)) with { LaterStepsRun = true };
        _world.Controller.Script[1] = _ => ++secondRuns == 1 ? StepOutcome.Done : StepOutcome.Stalled("RegistrationRejected", "No.");

        await _world.PassAsync();
        Assert.Equal(("False", "CrashLooping"), (_world.Condition("Ready")!.Status, _world.Condition("Ready")!.Reason));
        Assert.Equal("True", _world.Condition("Second")!.Status);

        await _world.PassAsync();
        Assert.Equal(("False", "CrashLooping"), (_world.Condition("Ready")!.Status, _world.Condition("Ready")!.Reason));
        Assert.Equal(("False", "RegistrationRejected"), (_world.Condition("Second")!.Status, _world.Condition("Second")!.Reason));
        Assert.Equal(2, secondRuns);
    }

    [Fact]
    public async Task A_good_verdict_is_kept_for_the_grace_period_and_then_becomes_unknown()
    {
        await _world.PassAsync();
        _world.Controller.Script[0] = _ => CouldNotTell;
        var secondRuns = 0;
        _world.Controller.Script[1] = _ =>
        {
            secondRuns++;
            return StepOutcome.Done;
        };

        await _world.PassAsync();
        Assert.Equal(("True", "True"), (_world.Condition("First")!.Status, _world.Condition("Ready")!.Status));
        Assert.Equal("ProviderUnavailable", _world.Condition("First")!.Reason);
        Assert.Contains("kept", _world.Condition("First")!.Message, StringComparison.Ordinal);
        Assert.Equal(1, secondRuns);

        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await _world.PassAsync();
        Assert.Equal(("Unknown", "Unknown"), (_world.Condition("First")!.Status, _world.Condition("Ready")!.Status));
        Assert.Null(_world.Condition("Stalled"));

        _world.Controller.Script[0] = _ => StepOutcome.Done;
        await _world.PassAsync();
        Assert.Equal("True", _world.Condition("Ready")!.Status);
    }

    [Theory]
    [InlineData(false, "Unknown")]
    [InlineData(true, "True")]
    public async Task A_verdict_of_an_older_generation_counts_only_if_nothing_it_rests_on_changed(bool sameInputs, string status)
    {
        await _world.PassAsync();
        _world.Gadget.Metadata.Generation++;
        _world.Controller.Script[0] = _ => StepOutcome.KeepLastGood("ProviderUnavailable", "No answer.", TimeSpan.FromMinutes(1), sameInputs);

        await _world.PassAsync();

        Assert.Equal(status, _world.Condition("Ready")!.Status);
    }

    [Fact]
    public async Task A_verdict_that_never_was_is_unknown_at_once()
    {
        _world.Controller.Script[0] = _ => CouldNotTell;
        await _world.PassAsync();

        Assert.Equal("Unknown", _world.Condition("First")!.Status);
        Assert.Equal("True", _world.Condition("Reconciling")!.Status);
    }

    [Fact]
    public async Task A_step_that_is_not_reached_keeps_what_was_seen_with_the_generation_it_was_seen_for()
    {
        await _world.PassAsync();
        _world.Gadget.Metadata.Generation++;
        _world.Controller.Script[0] = _ => StepOutcome.Wait("SecretNotFound", "No such Secret.", TimeSpan.FromMinutes(1));

        await _world.PassAsync();

        Assert.Equal(("True", 1L), (_world.Condition("Second")!.Status, _world.Condition("Second")!.ObservedGeneration!.Value));
        Assert.Equal(1, _world.Gadget.Status!.ObservedGeneration);
    }

    [Fact]
    public async Task A_conflict_is_thrown_to_the_queue_and_leaves_the_status_alone()
    {
        _world.Controller.Script[1] = _ => throw new HttpOperationException { Response = new(new HttpResponseMessage(HttpStatusCode.Conflict), string.Empty) };

        await Assert.ThrowsAsync<HttpOperationException>(_world.PassAsync);

        Assert.Equal(0, _world.Api.Writes);
    }

    [Fact]
    public async Task The_message_of_an_exception_stays_out_of_the_status()
    {
        _world.Controller.Script[0] = _ => throw new InvalidOperationException("token=planted-secret");

        var result = await _world.PassAsync();

        Assert.False(result.IsSuccess);
        Assert.DoesNotContain(_world.Gadget.Status!.Conditions!, condition => condition.Message.Contains("planted", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", result.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_tell_of_transitions_once()
    {
        await _world.PassAsync();
        Assert.Equal(["Normal Ready"], _world.Events);
        _world.Events.Clear();

        _world.Controller.Script[0] = _ => StepOutcome.Stalled("InvalidCredentials", "Refused.");
        await _world.PassAsync();
        await _world.PassAsync();
        Assert.Equal(["Warning InvalidCredentials"], _world.Events);
        _world.Events.Clear();

        _world.Controller.Script[0] = _ => StepOutcome.DoneWith("Valid", "Accepted.");
        await _world.PassAsync();
        await _world.PassAsync();
        Assert.Equal(["Normal Valid", "Normal Ready"], _world.Events);
    }

    [Fact]
    public async Task A_ledger_written_in_mid_pass_leaves_conditions_as_they_were_and_costs_one_write()
    {
        await _world.PassAsync();
        var writes = _world.Api.Writes;
        _world.Controller.Script[0] = _ => StepOutcome.Wait("Progressing", "Under way.", TimeSpan.FromSeconds(5));
        var seen = string.Empty;
        _world.Controller.Script[0] = context =>
        {
            context.Status = context.Status with { Ledger = ["pending"] };
            context.PersistStatusAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            context.PersistStatusAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            seen = context.Entity.Status!.Conditions!.Single(condition => condition.Type == "Ready").Status;
            return StepOutcome.Done;
        };

        await _world.PassAsync();

        Assert.Equal("True", seen);
        Assert.Equal(["pending"], _world.Gadget.Status!.Ledger!);
        Assert.Equal(writes + 1, _world.Api.Writes);
    }
}
