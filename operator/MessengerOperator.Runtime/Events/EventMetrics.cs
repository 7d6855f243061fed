using System.Diagnostics.Metrics;

namespace MessengerOperator.Runtime.Events;

/// <summary>Counts events written and not written.</summary>
internal sealed class EventMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;

    public EventMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RuntimeMeter.Name);
        _written = _meter.CreateCounter<long>("events_written", description: "Kubernetes events written, by type.");
        _dropped = _meter.CreateCounter<long>("events_dropped", description: "Kubernetes events not written, by reason: rate_limited, queue_full, error.");
    }

    public void Written(EventType type) => _written.Add(1, new KeyValuePair<string, object?>("type", type.ToString()));

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
