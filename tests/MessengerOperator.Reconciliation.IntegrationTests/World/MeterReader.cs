using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Reads the instruments of one operator: counters summed up, and every series that was ever measured, as text.</summary>
internal sealed class MeterReader : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly MeterListener _listener = new();

    /// <summary>Reads the meters that <paramref name="meters"/> has made and will make.</summary>
    public MeterReader(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Every series: instrument and tags.</summary>
    public IReadOnlyList<string> Series
    {
        get
        {
            _listener.RecordObservableInstruments();
            return [.. _sums.Keys];
        }
    }

    /// <summary>The sum over all series of a counter.</summary>
    public double Sum(string instrument) => _sums.Where(pair => pair.Key.StartsWith(instrument + "{", StringComparison.Ordinal)).Sum(pair => pair.Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
        _sums.AddOrUpdate(series, value, (_, sum) => instrument.IsObservable ? value : sum + value);
    }
}
