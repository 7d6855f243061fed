using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>The instruments of all controllers, under the names that controller-runtime's users have dashboards for. Tag <c>controller</c>.</summary>
internal sealed class ControllerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _reconciles;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;
    private readonly ConcurrentDictionary<string, Workers> _workers = new();

    public ControllerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RuntimeMeter.Name);
        _reconciles = _meter.CreateCounter<long>("controller_runtime_reconcile", description: "Passes by result: success, requeue_after, requeue (conflict), error.");
        _errors = _meter.CreateCounter<long>("controller_runtime_reconcile_errors", description: "Passes that ended in an error.");
        _duration = _meter.CreateHistogram(
            "controller_runtime_reconcile_time_seconds", unit: null, "How long a pass took.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = RuntimeMeter.Buckets });
        _meter.CreateObservableGauge("controller_runtime_active_workers", () => Each(workers => workers.Active()), description: "Passes under way.");
        _meter.CreateObservableGauge("controller_runtime_max_concurrent_reconciles", () => Each(workers => workers.Maximum), description: "Passes that may be under way at once.");
    }

    public void Reconciled(string controller, string result, TimeSpan took)
    {
        _reconciles.Add(1, Tag(controller), new("result", result));
        _duration.Record(took.TotalSeconds, Tag(controller));
        _errors.Add(result == ReconcileResults.Error ? 1 : 0, Tag(controller));
    }

    /// <summary>Makes the series exist before anything happened, so that rates and alerts work from the start.</summary>
    public void Observe(string controller, int maximum, Func<int> active)
    {
        _workers[controller] = new Workers(maximum, active);
        _errors.Add(0, Tag(controller));
        foreach (var result in ReconcileResults.All)
        {
            _reconciles.Add(0, Tag(controller), new("result", result));
        }
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string controller) => new("controller", controller);

    private IEnumerable<Measurement<int>> Each(Func<Workers, int> read) => _workers.Select(entry => new Measurement<int>(read(entry.Value), Tag(entry.Key)));

    private sealed record Workers(int Maximum, Func<int> Active);
}
