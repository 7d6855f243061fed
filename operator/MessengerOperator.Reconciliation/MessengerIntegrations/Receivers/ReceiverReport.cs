namespace MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

/// <summary>What the pods of a receiver say of one integration, taken together. Counts of a pod begin when it started.</summary>
/// <param name="LastEventAt">When a genuine event was acknowledged last; null when none was.</param>
/// <param name="LastHandshakeAt">When a genuine check of the URL was answered last; null when none was.</param>
/// <param name="SinkFailingSince">Since when every attempt at the sink has failed, in the pod where that began first; null when the last one succeeded, or nothing waits any more.</param>
/// <param name="Backlog">Events that are safe and not delivered yet.</param>
/// <param name="OldestUndeliveredAt">When the oldest of them was accepted; null when there is none.</param>
/// <param name="DeadLetters">Events that the sink refused for good and that were put aside.</param>
/// <param name="Spool">The worst that a pod says of its spool.</param>
internal sealed record ReceiverReport(
    DateTimeOffset? LastEventAt,
    DateTimeOffset? LastHandshakeAt,
    DateTimeOffset? SinkFailingSince,
    long Backlog,
    DateTimeOffset? OldestUndeliveredAt,
    long DeadLetters,
    SpoolState Spool)
{
    /// <summary>When the provider last proved that it knows our URL.</summary>
    public DateTimeOffset? LastProofAt => LastEventAt is { } at && (LastHandshakeAt is not { } handshake || at > handshake) ? at : LastHandshakeAt;

    /// <summary>Both reports as one.</summary>
    public ReceiverReport With(ReceiverReport other) => new(
        Later(LastEventAt, other.LastEventAt),
        Later(LastHandshakeAt, other.LastHandshakeAt),
        Earlier(SinkFailingSince, other.SinkFailingSince),
        Backlog + other.Backlog,
        Earlier(OldestUndeliveredAt, other.OldestUndeliveredAt),
        DeadLetters + other.DeadLetters,
        Spool > other.Spool ? Spool : other.Spool);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
