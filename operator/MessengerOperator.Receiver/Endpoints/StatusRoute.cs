using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>One integration in <c>/status</c>.</summary>
/// <param name="Integration"><c>namespace/name</c>.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="Ready">Whether requests can be verified and delivered.</param>
/// <param name="Problems">What is missing.</param>
/// <param name="Received">Events acknowledged.</param>
/// <param name="Repeated">Events acknowledged once more because the provider repeated them.</param>
/// <param name="Backlog">Events that are safe and not delivered.</param>
/// <param name="OldestUndeliveredAt">When the oldest of them was accepted; null when there is none.</param>
/// <param name="DeadLetters">Events that were put aside.</param>
/// <param name="Refused">Requests that were not the provider's.</param>
/// <param name="LastEventAt">When the last event was acknowledged; null for never.</param>
/// <param name="LastHandshakeAt">When a genuine check of the URL was last answered; null for never.</param>
/// <param name="LastRefusedAt">When the last request was refused; null for never.</param>
/// <param name="Sink">Its sink.</param>
internal sealed record StatusRoute(
    string Integration,
    string Provider,
    bool Ready,
    IReadOnlyList<string> Problems,
    long Received,
    long Repeated,
    long Backlog,
    DateTimeOffset? OldestUndeliveredAt,
    long DeadLetters,
    long Refused,
    DateTimeOffset? LastEventAt,
    DateTimeOffset? LastHandshakeAt,
    DateTimeOffset? LastRefusedAt,
    StatusSink Sink)
{
    /// <summary>The route now.</summary>
    public static StatusRoute Of(ServedRoute route, SpoolStatus spool)
    {
        var values = route.Statistics.Read();
        var spooled = spool.Source(route.Source);
        return new(
            route.Integration,
            route.Provider,
            route.IsReady,
            route.Problems,
            values.Received,
            values.Repeated,
            spooled?.Backlog ?? 0,
            spooled?.OldestAt,
            spooled?.DeadLetters ?? 0,
            values.Refused,
            values.LastEventAt,
            values.LastHandshakeAt,
            values.LastRefusedAt,
            new(values.SinkFailures, values.FailingSince, values.LastDeliveredAt, values.LastSinkFailureAt, values.LastSinkFailure is { } failure ? MetricNames.Of(failure) : null));
    }
}

/// <summary>A sink in <c>/status</c>.</summary>
/// <param name="Failures">Attempts that it did not take.</param>
/// <param name="FailingSince">Since when every attempt failed; null when the last one succeeded or there was none.</param>
/// <param name="LastDeliveredAt">When it last took an event; null for never.</param>
/// <param name="LastFailureAt">When it last did not; null for never.</param>
/// <param name="LastFailure">refused, unavailable, timed_out, unreachable or overloaded.</param>
internal sealed record StatusSink(long Failures, DateTimeOffset? FailingSince, DateTimeOffset? LastDeliveredAt, DateTimeOffset? LastFailureAt, string? LastFailure);
