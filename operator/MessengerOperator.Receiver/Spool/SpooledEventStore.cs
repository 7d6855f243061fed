using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Keeps events in the spool: safe means on the disk.</summary>
internal sealed class SpooledEventStore(EventSpool spool, IntakeRecorder recorder, SpoolMetrics metrics) : IEventStore
{
    private static readonly TimeSpan SoonRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FullRetryAfter = TimeSpan.FromSeconds(15);

    public async Task<Custody> TakeAsync(IReadOnlyList<OutgoingEvent> events)
    {
        var entry = new SpoolEntry(events);
        var outcome = await spool.AddAsync(entry);
        if (outcome != SpoolOutcome.Safe)
        {
            metrics.Refused(outcome);
            return new(IsSafe: false, outcome == SpoolOutcome.Full ? FullRetryAfter : SoonRetryAfter);
        }

        for (var i = 0; i < events.Count; i++)
        {
            recorder.Taken(events[i], isRepeat: entry.Repeats?.Contains(i) == true);
        }

        return Custody.Safe;
    }
}
