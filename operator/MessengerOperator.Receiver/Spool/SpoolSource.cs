namespace MessengerOperator.Receiver.Spool;

/// <summary>An integration in a spool's file. Its counts may be read by anybody; the rest belongs to the spool's thread.</summary>
internal sealed class SpoolSource(int generation, int number, string name)
{
    /// <summary>An event's number has its source above and a count within the source in so many bits below, so that a source's events lie together and in order.</summary>
    internal const int CountBits = 40;

    private long _publishedPending;
    private long _publishedDead;
    private long _publishedOldest;

    /// <summary>Which file it belongs to: events of a file that was set aside must not touch its successor, whose numbers begin again.</summary>
    public int Generation { get; } = generation;

    /// <summary>Its number in the file.</summary>
    public int Number { get; } = number;

    /// <summary>The CloudEvents source.</summary>
    public string Name { get; } = name;

    /// <summary>Lower bound of its events' numbers, exclusive.</summary>
    public long First => (long)Number << CountBits;

    /// <summary>Upper bound of its events' numbers, inclusive.</summary>
    public long Last => First | ((1L << CountBits) - 1);

    /// <summary>Events that are safe and not delivered.</summary>
    public long Backlog => Volatile.Read(ref _publishedPending);

    /// <summary>Events put aside.</summary>
    public long DeadLetters => Volatile.Read(ref _publishedDead);

    /// <summary>When the oldest event of the backlog was accepted, exact to a second; null without a backlog.</summary>
    public DateTimeOffset? OldestAt => Volatile.Read(ref _publishedOldest) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Count of the newest event.</summary>
    internal long Count { get; set; }

    /// <summary>The newest event's number, whether it is still there or not.</summary>
    internal long Newest => First + Count;

    /// <summary>Backlog within the transaction.</summary>
    internal long Pending { get; set; }

    /// <summary>Dead letters within the transaction.</summary>
    internal long Dead { get; set; }

    /// <summary>Whether the transaction changed it.</summary>
    internal bool Touched { get; set; }

    /// <summary>A new event's number.</summary>
    internal long NextSeq()
    {
        Count++;
        return Newest;
    }

    /// <summary>Makes the counts of a committed transaction visible.</summary>
    internal void Publish(long committedAt)
    {
        Volatile.Write(ref _publishedPending, Pending);
        Volatile.Write(ref _publishedDead, Dead);
        if (Pending == 0)
        {
            Volatile.Write(ref _publishedOldest, 0);
        }
        else if (Volatile.Read(ref _publishedOldest) == 0)
        {
            Volatile.Write(ref _publishedOldest, committedAt);
        }
    }

    /// <summary>Makes the oldest event's time visible; 0 for none.</summary>
    internal void PublishOldest(long at) => Volatile.Write(ref _publishedOldest, at);
}
