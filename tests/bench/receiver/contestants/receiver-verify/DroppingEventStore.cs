using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Bench.Receiver.Verify;

/// <summary>Says that every event is safe and drops it. In this program only: nothing that the product's command line can ask for loses a message.</summary>
internal sealed class DroppingEventStore(IntakeRecorder recorder) : IEventStore
{
    private static readonly Task<Custody> Dropped = Task.FromResult(Custody.Safe);

    public Task<Custody> TakeAsync(IReadOnlyList<OutgoingEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            recorder.Taken(events[i], isRepeat: false);
        }

        return Dropped;
    }
}
