using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Notes how deliveries go, and logs when a sink stops taking events and when it takes them again; not every single failure.</summary>
internal sealed class DeliveryRecorder(TimeProvider time, ILogger<DeliveryRecorder> logger)
{
    /// <summary>Notes one attempt.</summary>
    public void Record(ServedRoute route, SinkResult result)
    {
        var now = time.GetUtcNow();
        if (result.Outcome == SinkOutcome.Taken)
        {
            if (route.Statistics.SinkTook(now))
            {
                ReceiverLog.SinkRecovered(logger, route.Integration);
            }
        }
        else if (route.Statistics.SinkFailed(now, result.Outcome))
        {
            ReceiverLog.SinkFailing(logger, route.Integration, result.Outcome, result.StatusCode, result.Problem ?? "no more is known");
        }
    }
}
