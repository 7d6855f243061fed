using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MessengerOperator.Runtime.Workqueue;

/// <summary>The instruments of all workqueues, under the names that client-go's users have dashboards for. Tag <c>name</c>: the queue.</summary>
internal sealed class WorkqueueMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _adds;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _queueDuration;
    private readonly Histogram<double> _workDuration;
    private readonly ConcurrentDictionary<string, Observed> _queues = new();

    public WorkqueueMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RuntimeMeter.Name);
        _adds = _meter.CreateCounter<long>("workqueue_adds", description: "Keys added to the workqueue.");
        _retries = _meter.CreateCounter<long>("workqueue_retries", description: "Keys added with back-off.");
        _queueDuration = Seconds("workqueue_queue_duration_seconds", "How long a key waited before it was handed out.");
        _workDuration = Seconds("workqueue_work_duration_seconds", "How long a key was worked on.");
        _meter.CreateObservableGauge("workqueue_depth", () => Each(queue => (long)queue.Depth()), description: "Keys that are ready and wait for a worker.");
        _meter.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds", () => Each(queue => queue.Longest()), description: "How long the oldest pass under way has been running.");
        _meter.CreateObservableGauge("workqueue_unfinished_work_seconds", () => Each(queue => queue.Unfinished()), description: "The running times of all passes under way, summed.");
    }

    public void Added(string name) => _adds.Add(1, Tag(name));

    public void Retried(string name) => _retries.Add(1, Tag(name));

    public void Taken(string name, TimeSpan waited) => _queueDuration.Record(waited.TotalSeconds, Tag(name));

    public void Worked(string name, TimeSpan worked) => _workDuration.Record(worked.TotalSeconds, Tag(name));

    public IDisposable Observe(string name, Func<int> depth, Func<double> longest, Func<double> unfinished)
    {
        _queues[name] = new Observed(depth, longest, unfinished);
        return new Registration(_queues, name);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name) => new("name", name);

    private Histogram<double> Seconds(string name, string description) =>
        _meter.CreateHistogram(name, unit: null, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = RuntimeMeter.Buckets });

    private IEnumerable<Measurement<T>> Each<T>(Func<Observed, T> read)
        where T : struct => _queues.Select(queue => new Measurement<T>(read(queue.Value), Tag(queue.Key)));

    private sealed record Observed(Func<int> Depth, Func<double> Longest, Func<double> Unfinished);

    private sealed class Registration(ConcurrentDictionary<string, Observed> queues, string name) : IDisposable
    {
        public void Dispose() => queues.TryRemove(name, out _);
    }
}
