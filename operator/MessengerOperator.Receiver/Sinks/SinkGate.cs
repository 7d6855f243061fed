using System.Threading.RateLimiting;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Every delivery to one server goes through it: bounds how many the server works on, how many wait and how long, bounds the time of each, counts them, and lets no exception out.</summary>
internal sealed class SinkGate(ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = options.SinkConcurrency,
        QueueLimit = options.SinkQueue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Delivers one event.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="send">Hands it to the server. Ends soon after its token is cancelled; what it throws means that there was no answer.</param>
    public async Task<SinkResult> DeliverAsync(CloudEvent cloudEvent, Func<CloudEvent, CancellationToken, Task<SinkResult>> send)
    {
        var started = time.GetTimestamp();
        var span = ReceiverTracing.Deliver(cloudEvent);
        var result = await TryDeliverAsync(cloudEvent, send);
        ReceiverTracing.Delivered(span, result);
        metrics.SinkAttempted(result.Outcome, time.GetElapsedTime(started));
        return result;
    }

    /// <summary>Turns away what still waits.</summary>
    public void Dispose() => _limiter.Dispose();

    private async Task<SinkResult> TryDeliverAsync(CloudEvent cloudEvent, Func<CloudEvent, CancellationToken, Task<SinkResult>> send)
    {
        using var timeout = new CancellationTokenSource(options.SinkTimeout, time);
        var isSent = false;
        try
        {
            using var lease = await _limiter.AcquireAsync(1, timeout.Token);
            if (!lease.IsAcquired)
            {
                return new(SinkOutcome.Overloaded);
            }

            // The server's time begins now: what waited for others would be given up half-way, and say of the server what is not its fault.
            isSent = true;
            timeout.CancelAfter(options.SinkTimeout);
            return await send(cloudEvent, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new(isSent ? SinkOutcome.TimedOut : SinkOutcome.Overloaded);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Its text may quote an address or a credential, so it goes nowhere.
            return new(SinkOutcome.Unreachable, Problem: SinkProblem.Of(exception));
        }
    }
}
