using System.Diagnostics.Metrics;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>The instruments of spool and delivery.</summary>
internal sealed class SpoolMetrics
{
    /// <summary>Name of the histogram of delivery times.</summary>
    public const string DeliveryDuration = "messenger_receiver.delivery.duration";

    /// <summary>Name of the histogram of commit times.</summary>
    public const string CommitDuration = "messenger_receiver.spool.commit.duration";

    /// <summary>Bounds of <see cref="DeliveryDuration"/>, in seconds: a backlog may be hours old.</summary>
    public static readonly double[] DeliveryBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 43200];

    private readonly Counter<long> _refused;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _forgotten;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _discarded;
    private readonly Counter<long> _forwarded;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<double> _deliveryDuration;

    public SpoolMetrics(IMeterFactory factory, SpoolStatus status, TimeProvider time)
    {
        var meter = factory.Create(ReceiverMetrics.MeterName);
        _refused = meter.CreateCounter<long>("messenger_receiver.spool.refused", "{request}", "Requests whose events could not be made safe, by reason.");
        _failures = meter.CreateCounter<long>("messenger_receiver.spool.failures", "{failure}", "Failures of the spool's file, by kind.");
        _setAside = meter.CreateCounter<long>("messenger_receiver.spool.files_set_aside", "{file}", "Spool files that could not be read any more and were set aside.");
        _forgotten = meter.CreateCounter<long>("messenger_receiver.spool.repeats_forgotten", "{event}", "Ids forgotten before the provider's repeats end, for want of room.");
        _delivered = meter.CreateCounter<long>("messenger_receiver.delivered", "{event}", "Events that their sink has taken.");
        _retries = meter.CreateCounter<long>("messenger_receiver.delivery_retries", "{attempt}", "Attempts that will be repeated, by how they went.");
        _deadLettered = meter.CreateCounter<long>("messenger_receiver.dead_lettered", "{event}", "Events that were put aside, by reason.");
        _discarded = meter.CreateCounter<long>("messenger_receiver.dead_letters_discarded", "{event}", "Dead letters that were removed because of their age.");
        _forwarded = meter.CreateCounter<long>("messenger_receiver.dead_letters_forwarded", "{event}", "Dead letters that their own sink has taken.");
        _commitDuration = meter.CreateHistogram<double>(CommitDuration, "s", "From the beginning of a transaction until it is on the disk.");
        _deliveryDuration = meter.CreateHistogram<double>(DeliveryDuration, "s", "From the moment that an event is safe until its sink has it.");
        meter.CreateObservableGauge("messenger_receiver.spool.events", () => status.Sources.Sum(source => source.Backlog), "{event}", "Events that are safe and not delivered.");
        meter.CreateObservableGauge("messenger_receiver.spool.oldest.age", () => OldestAge(status, time.GetUtcNow()), "s", "Age of the oldest of them.");
        meter.CreateObservableGauge("messenger_receiver.spool.used", () => status.UsedBytes, "By", "Room that events, dead letters and remembered ids take.");
        meter.CreateObservableGauge("messenger_receiver.spool.limit", () => status.UsableBytes, "By", "Room that they may take.");
        meter.CreateObservableGauge("messenger_receiver.spool.available", () => status is { IsOpen: true, IsFull: false } ? 1 : 0, null, "1 while events can be made safe.");
        meter.CreateObservableGauge("messenger_receiver.dead_letters", () => status.Sources.Sum(source => source.DeadLetters), "{event}", "Events that were put aside and are still there.");
        meter.CreateObservableGauge("messenger_receiver.sinks_left_alone", () => status.SinksLeftAlone, "{sink}", "Sinks that fail for everybody and are asked with one event now and then.");
    }

    /// <summary>A request's events could not be made safe.</summary>
    public void Refused(SpoolOutcome outcome) => _refused.Add(1, new KeyValuePair<string, object?>("reason", MetricNames.Of(outcome)));

    /// <summary>The file failed.</summary>
    public void Failed(SqliteTrouble trouble) => _failures.Add(1, new KeyValuePair<string, object?>("kind", MetricNames.Of(trouble)));

    /// <summary>A file was set aside.</summary>
    public void FileSetAside()
    {
        Failed(SqliteTrouble.Corrupt);
        _setAside.Add(1);
    }

    /// <summary>A transaction is on the disk.</summary>
    public void Committed(TimeSpan duration) => _commitDuration.Record(duration.TotalSeconds);

    /// <summary>Ids were forgotten too early.</summary>
    public void RepeatsForgotten(long ids)
    {
        if (ids > 0)
        {
            _forgotten.Add(ids);
        }
    }

    /// <summary>A sink has an event.</summary>
    public void Delivered(string provider, TimeSpan sinceAccepted)
    {
        _delivered.Add(1, new KeyValuePair<string, object?>("provider", provider));
        _deliveryDuration.Record(sinceAccepted.TotalSeconds);
    }

    /// <summary>An attempt failed and will be repeated.</summary>
    public void Retrying(SinkOutcome outcome) => _retries.Add(1, new KeyValuePair<string, object?>("result", MetricNames.Of(outcome)));

    /// <summary>An event was put aside.</summary>
    public void PutAside(DeadLetterReason reason) => _deadLettered.Add(1, new KeyValuePair<string, object?>("reason", MetricNames.Of(reason)));

    /// <summary>Dead letters were removed.</summary>
    public void DeadLettersDiscarded(int count) => _discarded.Add(count);

    /// <summary>The dead letters' sink has one.</summary>
    public void DeadLetterForwarded() => _forwarded.Add(1);

    private static double OldestAge(SpoolStatus status, DateTimeOffset now) =>
        status.Sources.Min(source => source.OldestAt) is { } oldest ? Math.Max((now - oldest).TotalSeconds, 0) : 0;
}
