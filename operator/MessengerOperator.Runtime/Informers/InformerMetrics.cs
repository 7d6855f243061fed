using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MessengerOperator.Runtime.Informers;

/// <summary>The instruments of all informers. Tag <c>kind</c>: the watched kind.</summary>
internal sealed class InformerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _lists;
    private readonly Counter<long> _watches;
    private readonly Counter<long> _stalls;
    private readonly Counter<long> _changes;
    private readonly ConcurrentDictionary<IInformer, byte> _informers = new();

    public InformerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RuntimeMeter.Name);
        _lists = _meter.CreateCounter<long>("informer_lists", description: "Full lists; more than one per kind and scope means that a watch could not go on.");
        _watches = _meter.CreateCounter<long>("informer_watches", description: "Watches opened.");
        _stalls = _meter.CreateCounter<long>("informer_stalled_watches", description: "Watches given up because nothing came any more.");
        _changes = _meter.CreateCounter<long>("informer_changes", description: "Changes of the cache by type: added, updated, deleted.");
        _meter.CreateObservableGauge("informer_last_contact_age_seconds", () => Each(informer => informer.SinceContact.TotalSeconds), description: "Time since the API server was last heard of.");
        _meter.CreateObservableGauge("informer_objects", () => Each(informer => (long)informer.Count), description: "Objects in the cache.");
        _meter.CreateObservableGauge("informer_synced", () => Each(informer => informer.HasSynced ? 1L : 0L), description: "1 when every namespace has been listed once.");
    }

    public void Listed(string kind) => _lists.Add(1, Tag(kind));

    public void Watched(string kind) => _watches.Add(1, Tag(kind));

    public void Stalled(string kind) => _stalls.Add(1, Tag(kind));

    public void Changed(string kind, DeltaType type) => _changes.Add(
        1, Tag(kind), new("type", type switch { DeltaType.Added => "added", DeltaType.Updated => "updated", _ => "deleted" }));

    public IDisposable Observe(IInformer informer)
    {
        _informers[informer] = 0;
        return new Registration(_informers, informer);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string kind) => new("kind", kind);

    private IEnumerable<Measurement<T>> Each<T>(Func<IInformer, T> read)
        where T : struct => _informers.Keys.Select(informer => new Measurement<T>(read(informer), Tag(informer.Name)));

    private sealed class Registration(ConcurrentDictionary<IInformer, byte> informers, IInformer informer) : IDisposable
    {
        public void Dispose() => informers.TryRemove(informer, out _);
    }
}
