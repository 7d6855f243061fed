using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Notes which events were acknowledged.</summary>
internal sealed class IntakeRecorder(ReceiverMetrics metrics, TimeProvider time)
{
    /// <summary>Notes an event that is safe.</summary>
    /// <param name="outgoing">The event.</param>
    /// <param name="isRepeat">Whether it had been safe before, so that nothing new came in.</param>
    public void Taken(in OutgoingEvent outgoing, bool isRepeat)
    {
        if (isRepeat)
        {
            metrics.EventRepeated(outgoing.Route.Provider);
            outgoing.Route.Statistics.Repeated();
        }
        else
        {
            metrics.EventReceived(outgoing.Route.Provider, outgoing.Event.Kind);
            outgoing.Route.Statistics.Received(time.GetUtcNow(), 1);
        }
    }
}
