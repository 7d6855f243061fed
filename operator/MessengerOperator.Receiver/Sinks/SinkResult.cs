namespace MessengerOperator.Receiver.Sinks;

/// <summary>How a delivery went.</summary>
/// <param name="Outcome">A closed set; it labels a metric.</param>
/// <param name="StatusCode">The sink's answer; null when there was none.</param>
/// <param name="RetryAfter">When the sink wants to be asked again; null when it does not say.</param>
/// <param name="Problem">What somebody may have to mend, as one fixed sentence without any value; null when the outcome says it all.</param>
internal readonly record struct SinkResult(SinkOutcome Outcome, int? StatusCode = null, TimeSpan? RetryAfter = null, string? Problem = null);

/// <summary>The ways a delivery can go.</summary>
internal enum SinkOutcome
{
    /// <summary>The sink has the event: 2xx, or a broker's confirmation.</summary>
    Taken,

    /// <summary>The sink says that it will never take it (3xx, 4xx other than 408, 425 and 429; a broker: the message is too large).</summary>
    Refused,

    /// <summary>The sink cannot take it now (5xx, 408, 425, 429; a broker: wrong credentials, no such queue, not enough replicas).</summary>
    Unavailable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>Too many requests are waiting for this sink already.</summary>
    Overloaded,
}
