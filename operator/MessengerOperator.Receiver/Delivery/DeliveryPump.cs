using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Brings events from the spool to their sinks.</summary>
internal sealed class DeliveryPump : IHostedService, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly EventSpool _spool;
    private readonly DeliverySchedule _schedule;
    private readonly ReceiverOptions _options;
    private readonly DeliveryRecorder _recorder;
    private readonly SpoolMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ITimer? _tick;
    private DateTimeOffset _sweepAt;

    public DeliveryPump(
        EventSpool spool,
        ServedRoutes routes,
        ReceiverOptions options,
        DeliveryRecorder recorder,
        SpoolMetrics metrics,
        TimeProvider time,
        Func<double> random,
        ILogger<DeliveryPump> logger)
    {
        (_spool, _options, _recorder, _metrics, _time, _logger) = (spool, options, recorder, metrics, time, logger);
        _schedule = new(spool, routes, options, metrics, time, random, logger) { Deliver = lane => _ = DeliverAsync(lane) };
    }

    /// <summary>What is in memory, and what it knows of sinks.</summary>
    public DeliverySchedule Schedule => _schedule;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _spool.Follow(_schedule);
        _tick = _time.CreateTimer(_ => OnTick(), null, Tick, Tick);
        return Task.CompletedTask;
    }

    /// <summary>Delivers what it can until <paramref name="cancellationToken"/> says that the time is over; the rest stays in the spool.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _schedule.DrainAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ReceiverLog.SpoolNotDrained(_logger, _spool.Status.Sources.Sum(source => source.Backlog));
        }

        _schedule.Stop();
    }

    public void Dispose()
    {
        _tick?.Dispose();
        _schedule.Dispose();
    }

    private async Task DeliverAsync(Lane lane)
    {
        var route = lane.Route!;
        var stored = lane.Head!;
        SinkResult result;
        try
        {
            result = await route.Sink!.DeliverAsync(stored.Content);
        }
        catch (Exception exception)
        {
            ReceiverLog.DeliveryFailed(_logger, route.Integration, exception);
            result = new(SinkOutcome.Unreachable);
        }

        _recorder.Record(route, result);
        if (result.Outcome == SinkOutcome.Taken)
        {
            _metrics.Delivered(route.Provider, _time.GetUtcNow() - stored.AcceptedAt);
        }

        _schedule.Completed(lane, result);
    }

    private void OnTick()
    {
        _schedule.Tick();
        var now = _time.GetUtcNow();
        var before = now - _options.SpoolAge;
        if (now >= _sweepAt && _spool.Status.Sources.Where(source => source.OldestAt < before).ToList() is { Count: > 0 } old)
        {
            _sweepAt = now + SweepEvery;
            _spool.Post(new ExpirySweep(_schedule, _spool, old, before, _metrics, _time, _logger));
        }
    }
}
