using System.Collections.Concurrent;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Lifecycle;
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

    private readonly SteadyClock _clock = new(time);
    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var route in routes.Current.Routes)
            {
                if (route.DeadLetterSink is not null && status.Source(route.Source)?.DeadLetters > 0)
                {
                    Begin(route.Source, stoppingToken);
                }
            }
        }
    }

    private void Begin(string source, CancellationToken stoppingToken)
    {
        var attempts = _attempts.GetOrAdd(source, static _ => new());
        if (!attempts.IsRunning && _clock.Now >= attempts.NextAt)
        {
            attempts.IsRunning = true;
            _ = ForwardAsync(source, attempts, stoppingToken);
        }
    }

    private async Task ForwardAsync(string source, Attempts attempts, CancellationToken stoppingToken)
    {
        try
        {
            // The sink may become another one, or get another password, while there is much to forward.
            while (!stoppingToken.IsCancellationRequested
                && routes.Current.Routes.FirstOrDefault(known => known.Source == source) is { DeadLetterSink: { } sink } route
                && await letters.NextAsync(source) is { } letter)
            {
                var content = letter.Stored.Content with { DeadLetterReason = MetricNames.Of(letter.Reason), DeadLetterStatus = letter.StatusCode };
                var result = await DeliverAsync(route, sink, content);
                if (result.Outcome == SinkOutcome.Taken)
                {
                    metrics.DeadLetterForwarded();
                    await letters.DiscardAsync(letter);
                    attempts.Failures = 0;
                }
                else if (result.Outcome == SinkOutcome.Refused && !attempts.MayBeTheSinks(letter, result))
                {
                    await letters.KeepAsync(letter);
                    ReceiverLog.DeadLetterKept(logger, content.Id, route.Integration, result.StatusCode);
                }
                else
                {
                    var pause = Pauses.After(++attempts.Failures, random());
                    attempts.NextAt = _clock.Now + (result.RetryAfter > pause ? result.RetryAfter.Value : pause);
                    return;
                }
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
        // A wrong address or password is mended in the time that the pauses take; a letter that alone is refused so must not hold up the others for ever.
        private const int MostRefusals = 10;

        private volatile bool _isRunning;
        private long _refused;
        private int _refusals;

        public bool IsRunning
        {
            get => _isRunning;
            set => _isRunning = value;
        }

        public int Failures { get; set; }

        public DateTimeOffset NextAt { get; set; }

        /// <summary>Whether a refusal is rather about the sink than about the letter, so that it is to be offered again.</summary>
        public bool MayBeTheSinks(DeadLetter letter, in SinkResult result)
        {
            (_refused, _refusals) = (letter.Number, _refused == letter.Number ? _refusals + 1 : 1);
            return SinkRefusal.ConcernsSink(result.StatusCode) && _refusals < MostRefusals;
        }
    }
}
