using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Intake;

/// <summary>Keeps nothing: an event is safe once its sink has taken it, so the provider is the queue.</summary>
/// <remarks>
/// Order per conversation is the provider's: a request's events are delivered one after another, and Telegram sends the next update of a
/// chat only after the previous one was acknowledged. An event that the sink refuses for good is not acknowledged either: there is
/// no place to keep it without a spool, and losing it is worse than the provider's repeats.
/// </remarks>
internal sealed class PassThroughEventStore(DeliveryRecorder recorder, IntakeRecorder intake) : IEventStore
{
    private static readonly TimeSpan OverloadedRetryAfter = TimeSpan.FromSeconds(1);

    public async Task<Custody> TakeAsync(IReadOnlyList<OutgoingEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var (route, cloudEvent) = events[i];
            var result = route.Sink is { } sink ? await sink.DeliverAsync(cloudEvent) : new(SinkOutcome.Unreachable);
            recorder.Record(route, result);
            if (result.Outcome != SinkOutcome.Taken)
            {
                return new(IsSafe: false, result.Outcome == SinkOutcome.Overloaded ? OverloadedRetryAfter : result.RetryAfter);
            }
        }

        foreach (var outgoing in events)
        {
            intake.Taken(outgoing, isRepeat: false);
        }

        return Custody.Safe;
    }
}
