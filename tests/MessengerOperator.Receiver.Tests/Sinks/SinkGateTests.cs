using System.Diagnostics.Metrics;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Sinks;

/// <summary>A server that is busy with others has not failed on an event that waits.</summary>
public sealed class SinkGateTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly SinkGate _gate;

    public SinkGateTests()
    {
        var options = new ReceiverOptions { SinkConcurrency = 1, SinkTimeout = TimeSpan.FromSeconds(10) };
        _gate = new(options, new ReceiverMetrics(_services.GetRequiredService<IMeterFactory>(), new()), _time);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task What_had_to_wait_has_as_much_time_as_others_once_it_is_sent()
    {
        var first = _gate.DeliverAsync(SpoolUnderTest.Event("1"), UntilCancelledAsync);
        _time.Advance(TimeSpan.FromSeconds(5));
        var second = _gate.DeliverAsync(SpoolUnderTest.Event("2"), UntilCancelledAsync);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(SinkOutcome.TimedOut, (await first).Outcome);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SinkOutcome.TimedOut, (await second).Outcome);
    }

    [Fact]
    public async Task What_was_never_sent_says_nothing_of_the_server()
    {
        var answer = new TaskCompletionSource<SinkResult>();
        var first = _gate.DeliverAsync(SpoolUnderTest.Event("1"), (_, _) => answer.Task);
        var second = _gate.DeliverAsync(SpoolUnderTest.Event("2"), UntilCancelledAsync);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(SinkOutcome.Overloaded, (await second).Outcome);
        answer.SetResult(new(SinkOutcome.Taken));
        Assert.Equal(SinkOutcome.Taken, (await first).Outcome);
    }

    private static async Task<SinkResult> UntilCancelledAsync(Receiver.Intake.CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return new(SinkOutcome.Taken);
    }
}
