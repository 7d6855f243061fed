using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Values of <see cref="RouteStatistics"/> at one moment.</summary>
/// <param name="Received">Events acknowledged.</param>
/// <param name="Repeated">Events acknowledged once more because the provider repeated them.</param>
/// <param name="Refused">Requests refused because they were not the provider's.</param>
/// <param name="SinkFailures">Delivery attempts that the sink did not take.</param>
/// <param name="LastEventAt">When the last event was acknowledged.</param>
/// <param name="LastHandshakeAt">When a genuine check of the URL was last answered.</param>
/// <param name="LastRefusedAt">When the last request was refused.</param>
/// <param name="LastDeliveredAt">When the sink last took an event.</param>
/// <param name="LastSinkFailureAt">When the sink last did not.</param>
/// <param name="LastSinkFailure">And how.</param>
/// <param name="FailingSince">Since when every attempt failed; null when the last one succeeded.</param>
internal readonly record struct RouteStatisticsSnapshot(
    long Received,
    long Repeated,
    long Refused,
    long SinkFailures,
    DateTimeOffset? LastEventAt,
    DateTimeOffset? LastHandshakeAt,
    DateTimeOffset? LastRefusedAt,
    DateTimeOffset? LastDeliveredAt,
    DateTimeOffset? LastSinkFailureAt,
    SinkOutcome? LastSinkFailure,
    DateTimeOffset? FailingSince);
