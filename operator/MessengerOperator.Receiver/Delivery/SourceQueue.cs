using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>What is known of an integration's events. Belongs to the schedule.</summary>
internal sealed class SourceQueue(SpoolSource source, SinkLine line)
{
    /// <summary>The integration in the spool's file.</summary>
    public SpoolSource Source { get; set; } = source;

    /// <summary>The integration in the configuration; null when it is not served now.</summary>
    public ServedRoute? Route { get; set; }

    /// <summary>Its sink.</summary>
    public SinkLine Line { get; set; } = line;

    /// <summary>Conversations with events that are not delivered, by their number.</summary>
    public Dictionary<long, Lane> Lanes { get; } = [];

    /// <summary>Events up to this number belong to a lane, or are delivered.</summary>
    public long Cursor { get; set; }

    /// <summary>Whether there are, or may be, events after <see cref="Cursor"/>.</summary>
    public bool HasMore { get; set; }

    /// <summary>Whether a page is being read.</summary>
    public bool IsReading { get; set; }

    /// <summary>Whether its file was set aside: nothing of it is to be read any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Events in memory.</summary>
    public int Loaded { get; set; }
}
