using System.Diagnostics.Metrics;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>The receiver's instruments. Tags are closed sets and providers' names, never names of integrations or ids.</summary>
internal sealed class ReceiverMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MessengerOperator.Receiver";

    /// <summary>Name of the histogram of requests' times.</summary>
    public const string RequestDuration = "messenger_receiver.request.duration";

    /// <summary>Name of the histogram of sinks' times.</summary>
    public const string SinkDuration = "messenger_receiver.sink.duration";

    /// <summary>Bounds of both duration histograms, in seconds.</summary>
    public static readonly double[] DurationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private const string NoProvider = "none";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _events;
    private readonly Counter<long> _unrouted;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _sinkAttempts;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _connectionsClosed;
    private readonly Histogram<double> _requestDuration;
    private readonly Histogram<double> _sinkDuration;

    public ReceiverMetrics(IMeterFactory factory, ServedRoutes routes)
    {
        var meter = factory.Create(MeterName);
        _requests = meter.CreateCounter<long>("messenger_receiver.requests", "{request}", "Requests on the traffic port by how they ended.");
        _refused = meter.CreateCounter<long>("messenger_receiver.refused", "{request}", "Requests that were not the provider's, by reason.");
        _events = meter.CreateCounter<long>("messenger_receiver.events", "{event}", "Events acknowledged, by type.");
        _unrouted = meter.CreateCounter<long>("messenger_receiver.events_unrouted", "{event}", "Genuine events for an account that is not served here; dropped.");
        _repeats = meter.CreateCounter<long>("messenger_receiver.repeats", "{event}", "Events acknowledged once more because the provider repeated them; not delivered again.");
        _sinkAttempts = meter.CreateCounter<long>("messenger_receiver.sink_attempts", "{attempt}", "Deliveries to sinks by how they went.");
        _reloads = meter.CreateCounter<long>("messenger_receiver.config_reloads", "{reload}", "New configurations or files, by whether they are in use.");
        _connectionsClosed = meter.CreateCounter<long>("messenger_receiver.connections_closed", "{connection}", "Connections closed because the traffic port had too many: for another one, or at once.");
        _requestDuration = meter.CreateHistogram<double>(RequestDuration, "s", "From the request's arrival to its answer.");
        _sinkDuration = meter.CreateHistogram<double>(SinkDuration, "s", "From handing an event to its sink to the answer.");
        meter.CreateObservableGauge("messenger_receiver.routes", () => Routes(routes), "{route}", "Integrations served, by whether they are ready.");
        meter.CreateObservableGauge(
            "messenger_receiver.config_rejected", () => routes.State.Rejected?.Documents ?? 0, null, "Configuration documents whose newest version was turned down; their last good one is in use.");
    }

    /// <summary>A request was answered.</summary>
    public void RequestAnswered(string? provider, RequestResult result, TimeSpan duration)
    {
        _requests.Add(1, new("provider", provider ?? NoProvider), new("result", MetricNames.Of(result)));
        _requestDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", MetricNames.Of(result)));
    }

    /// <summary>A request was not the provider's.</summary>
    public void RequestRefused(string provider, VerificationResult reason) =>
        _refused.Add(1, new("provider", provider), new("reason", MetricNames.Of(reason)));

    /// <summary>An event was acknowledged.</summary>
    public void EventReceived(string provider, EventType type) =>
        _events.Add(1, new("provider", provider), new("type", EventTypes.Name(type)));

    /// <summary>An event was acknowledged that had been before.</summary>
    public void EventRepeated(string provider) => _repeats.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <summary>An event was for an account that is not served here.</summary>
    public void EventUnrouted(string provider) => _unrouted.Add(1, new KeyValuePair<string, object?>("provider", provider));

    /// <summary>A sink was asked to take an event.</summary>
    public void SinkAttempted(SinkOutcome outcome, TimeSpan duration)
    {
        _sinkAttempts.Add(1, new KeyValuePair<string, object?>("result", MetricNames.Of(outcome)));
        _sinkDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", MetricNames.Of(outcome)));
    }

    /// <summary>A connection that was of no use made room for another.</summary>
    public void ConnectionClosed() => _connectionsClosed.Add(1, new KeyValuePair<string, object?>("reason", "idle"));

    /// <summary>All connections were in use, so a new one was closed at once.</summary>
    public void ConnectionRefused() => _connectionsClosed.Add(1, new KeyValuePair<string, object?>("reason", "all_in_use"));

    /// <summary>There was a new configuration.</summary>
    public void ConfigurationReloaded(bool accepted) =>
        _reloads.Add(1, new KeyValuePair<string, object?>("result", accepted ? "accepted" : "rejected"));

    private static IEnumerable<Measurement<long>> Routes(ServedRoutes routes)
    {
        var ready = routes.Current.Routes.Count(route => route.IsReady);
        yield return new(ready, new KeyValuePair<string, object?>("state", "ready"));
        yield return new(routes.Current.Routes.Count - ready, new KeyValuePair<string, object?>("state", "not_ready"));
    }
}
