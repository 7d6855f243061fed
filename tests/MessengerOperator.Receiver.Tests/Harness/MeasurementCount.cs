using System.Diagnostics.Metrics;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>Counts what an instrument measures, in the whole process.</summary>
internal sealed class MeasurementCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public MeasurementCount(string instrument)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
