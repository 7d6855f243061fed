using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Spool;

/// <summary>An event in the spool.</summary>
/// <param name="source">Its integration.</param>
/// <param name="seq">Its number; within a source, the order in which events were accepted.</param>
/// <param name="lane">Events of a source with the same lane keep their order; null when none is owed.</param>
/// <param name="acceptedAt">When it became safe.</param>
/// <param name="content">The event.</param>
internal sealed class StoredEvent(SpoolSource source, long seq, long? lane, DateTimeOffset acceptedAt, CloudEvent content)
{
    // What the objects of an event take besides its data: themselves, and the attributes' texts.
    private const int OverheadBytes = 600;

    public SpoolSource Source { get; } = source;

    public long Seq { get; } = seq;

    public long? Lane { get; } = lane;

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    public CloudEvent Content { get; } = content;

    /// <summary>Memory that it takes, roughly.</summary>
    public int Bytes => Content.Data.Length + OverheadBytes;

    /// <summary>The next one of its lane in memory; belongs to the delivery.</summary>
    internal StoredEvent? Next { get; set; }
}
