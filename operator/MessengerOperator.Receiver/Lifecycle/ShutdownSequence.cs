using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Lifecycle;

/// <summary>The orderly end: not ready, serving on until the endpoints have moved, then no new connections, then the requests under way.</summary>
internal sealed class ShutdownSequence(
    ReceiverState state, ReceiverOptions options, IHostApplicationLifetime application, TimeProvider time, ILogger<ShutdownSequence> logger)
{
    /// <summary>Begins it; a second call ends the serving-on at once.</summary>
    public void Begin()
    {
        if (!state.BeginDraining())
        {
            application.StopApplication();
            return;
        }

        ReceiverLog.Draining(logger, options.Lameduck);
        _ = StopLaterAsync();
    }

    private async Task StopLaterAsync()
    {
        try
        {
            await Task.Delay(options.Lameduck, time, application.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped already.
        }

        application.StopApplication();
    }
}
