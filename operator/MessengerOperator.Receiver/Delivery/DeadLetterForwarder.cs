using System.Collections.Concurrent;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Brings dead letters to the sink that their integration has for them, one after the other. What that one refuses as well stays in the spool.</summary>
internal sealed class DeadLetterForwarder(
    DeadLetterBox letters, SpoolStatus status, ServedRoutes routes, SpoolMetrics metrics, TimeProvider time, Func<double> random, ILogger<DeadLetterForwarder> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var route in routes.Current.Routes)
            {
                if (route.DeadLetterSink is { } sink && status.Source(route.Source)?.DeadLetters > 0)
                {
                    Begin(route, sink, stoppingToken);
                }
            }
        }
    }

    private void Begin(ServedRoute route, IEventSink sink, CancellationToken stoppingToken)
    {
        var attempts = _attempts.GetOrAdd(route.Source, static _ => new());
        if (!attempts.IsRunning && time.GetUtcNow() >= attempts.NextAt)
        {
            attempts.IsRunning = true;
            _ = ForwardAsync(route, sink, attempts, stoppingToken);
        }
    }

    private async Task ForwardAsync(ServedRoute route, IEventSink sink, Attempts attempts, CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested && await letters.NextAsync(route.Source) is { } letter)
            {
                var content = letter.Stored.Content with { DeadLetterReason = MetricNames.Of(letter.Reason), DeadLetterStatus = letter.StatusCode };
                var result = await DeliverAsync(route, sink, content);
                if (result.Outcome == SinkOutcome.Taken)
                {
                    metrics.DeadLetterForwarded();
                    await letters.DiscardAsync(letter.Number);
                }
                else if (result.Outcome == SinkOutcome.Refused)
                {
                    await letters.KeepAsync(letter.Number);
                    ReceiverLog.DeadLetterKept(logger, content.Id, route.Integration, result.StatusCode);
                }
                else
                {
                    var pause = Pauses.After(++attempts.Failures, random());
                    attempts.NextAt = time.GetUtcNow() + (result.RetryAfter > pause ? result.RetryAfter.Value : pause);
                    return;
                }

                attempts.Failures = 0;
            }
        }
        catch (SpoolUnavailableException)
        {
            // The next look tries again.
        }
        finally
        {
            attempts.IsRunning = false;
        }
    }

    private async Task<SinkResult> DeliverAsync(ServedRoute route, IEventSink sink, CloudEvent content)
    {
        try
        {
            return await sink.DeliverAsync(content);
        }
        catch (Exception exception)
        {
            ReceiverLog.DeliveryFailed(logger, route.Integration, exception);
            return new(SinkOutcome.Unreachable);
        }
    }

    private sealed class Attempts
    {
        private volatile bool _isRunning;

        public bool IsRunning
        {
            get => _isRunning;
            set => _isRunning = value;
        }

        public int Failures { get; set; }

        public DateTimeOffset NextAt { get; set; }
    }
}
