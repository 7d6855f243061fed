using System.Diagnostics.Metrics;

namespace MessengerOperator.Runtime.LeaderElection;

/// <summary>Whether this process leads, under client-go's name.</summary>
internal sealed class LeaderMetrics : IDisposable
{
    private readonly Meter _meter;
    private int _leading;

    public LeaderMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RuntimeMeter.Name);
        _meter.CreateObservableGauge("leader_election_master_status", () => Volatile.Read(ref _leading), description: "1 when this process leads.");
    }

    public void SetLeading(bool leading) => Volatile.Write(ref _leading, leading ? 1 : 0);

    public void Dispose() => _meter.Dispose();
}
