using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The events of one request on their way into the spool; the task ends when they are safe or cannot be.</summary>
internal sealed class SpoolEntry(IReadOnlyList<OutgoingEvent> events) : TaskCompletionSource<SpoolOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    // What an event's attributes and its place in the indexes take.
    private const int OverheadBytes = 300;

    /// <summary>The events.</summary>
    public IReadOnlyList<OutgoingEvent> Events { get; } = events;

    /// <summary>Room that they take in the file, roughly.</summary>
    public long Bytes { get; } = events.Sum(outgoing => (long)outgoing.Event.Data.Length + OverheadBytes);

    /// <summary>What became of them, once the transaction is committed.</summary>
    public SpoolOutcome Outcome { get; set; }

    /// <summary>Places in <see cref="Events"/> of those that were accepted before; null when there are none.</summary>
    public List<int>? Repeats { get; set; }
}

/// <summary>Whether the spool has the events of a request.</summary>
internal enum SpoolOutcome
{
    /// <summary>They are durable, now or since an earlier request.</summary>
    Safe = 0,

    /// <summary>The spool is as large as it may be, or the disk is full.</summary>
    Full,

    /// <summary>More requests are waiting than may.</summary>
    Overloaded,

    /// <summary>The file cannot be used now.</summary>
    Unavailable,
}
