namespace MessengerOperator.Receiver.Spool;

/// <summary>How the room that a spool may take is shared out.</summary>
/// <param name="TotalBytes">All that the folder may hold, the write-ahead log and files set aside included.</param>
internal readonly record struct SpoolLimits(long TotalBytes)
{
    /// <summary>Bytes of a database page.</summary>
    public const int PageBytes = 4096;

    /// <summary>Least total with which a spool works.</summary>
    public const long LeastTotalBytes = 4L * 1024 * 1024;

    private const int LeastLogPages = 32;
    private const int MostLogPages = 2048;
    private const int LogShare = 32;
    private const int RepeatShare = 4;
    private const int ReserveShare = 32;

    // Measured: 70 to 95 bytes for an id of 20 to 24 bytes, its index included.
    private const int BytesPerRepeat = 96;

    /// <summary>Pages after which the write-ahead log is brought into the database.</summary>
    public int LogPages => (int)Math.Clamp(TotalBytes / PageBytes / LogShare, LeastLogPages, MostLogPages);

    /// <summary>Size that the write-ahead log's file is cut down to.</summary>
    public long LogBytes => (long)LogPages * PageBytes;

    /// <summary>Bytes that one transaction takes in at most, before it is closed and a next one begun.</summary>
    public long BatchBytes => LogBytes / 2;

    /// <summary>Bytes in use beyond which no further event is taken. Twice the log's size is kept free for the log.</summary>
    public long UsableBytes(long setAsideBytes) => Math.Max(TotalBytes - (2 * LogBytes) - setAsideBytes, TotalBytes / 4);

    /// <summary>What the file itself must never exceed: room to delete and to move dead letters stays when no event is taken any more.</summary>
    public long MostFilePages => (TotalBytes + (TotalBytes / ReserveShare)) / PageBytes;

    /// <summary>Ids that are remembered to tell repeats; beyond, the oldest are forgotten before their time.</summary>
    public long RepeatsKept => TotalBytes / RepeatShare / BytesPerRepeat;
}
