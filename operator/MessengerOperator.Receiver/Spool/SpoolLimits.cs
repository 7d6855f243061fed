namespace MessengerOperator.Receiver.Spool;

/// <summary>How the room that a spool may take is shared out.</summary>
/// <param name="TotalBytes">All that the folder may hold, the write-ahead log and files set aside included.</param>
internal readonly record struct SpoolLimits(long TotalBytes)
{
    /// <summary>Bytes of a database page.</summary>
    public const int PageBytes = 4096;

    /// <summary>Least total with which a spool works.</summary>
    public const long LeastTotalBytes = 4L * 1024 * 1024;

    // Of a disk that is smaller than the spool may be: what file systems need for themselves.
    private const int DiskShare = 16;

    private const int LeastLogPages = 32;

    // Bringing it in stops everybody for as long as that takes, so more raises the p99. With less, what is delivered soon is written into the database before: a fifth more processor time.
    private const int MostLogPages = 2048;
    private const int LogShare = 32;
    private const int RepeatShare = 4;
    private const int ReserveShare = 32;

    // Measured: 70 to 95 bytes for an id of 20 to 24 bytes, its index included.
    private const int BytesPerRepeat = 96;

    /// <summary>The limits for a folder: what was asked for, or what its disk has when that is less.</summary>
    /// <param name="asked">Bytes that the folder may hold.</param>
    /// <param name="folder">The folder; it is made if it can be.</param>
    public static SpoolLimits For(long asked, string folder)
    {
        try
        {
            var disk = new DriveInfo(Directory.CreateDirectory(folder).FullName).TotalSize;
            return new(Math.Max(Math.Min(asked, disk - (disk / DiskShare)), LeastTotalBytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(asked);
        }
    }

    /// <summary>Pages after which the write-ahead log is brought into the database.</summary>
    public int LogPages => (int)Math.Clamp(TotalBytes / PageBytes / LogShare, LeastLogPages, MostLogPages);

    /// <summary>Size that the write-ahead log's file is cut down to.</summary>
    public long LogBytes => (long)LogPages * PageBytes;

    /// <summary>Bytes that one transaction takes in at most, before it is closed and a next one begun.</summary>
    public long BatchBytes => LogBytes / 2;

    /// <summary>Bytes that are kept from everybody else, to be given up when the disk is full: with them the log can be brought into the database, and deliveries noted.</summary>
    public long ReserveBytes => 2 * LogBytes;

    /// <summary>Bytes in use beyond which no further event is taken. Twice the log's size is kept free for the log, and the reserve has its place.</summary>
    public long UsableBytes(long setAsideBytes) => Math.Max(TotalBytes - (2 * LogBytes) - ReserveBytes - setAsideBytes, TotalBytes / 4);

    /// <summary>What the file itself must never exceed: room to delete and to move dead letters stays when no event is taken any more.</summary>
    public long MostFilePages => (TotalBytes + (TotalBytes / ReserveShare)) / PageBytes;

    /// <summary>Ids that are remembered to tell repeats; beyond, the oldest are forgotten before their time.</summary>
    public long RepeatsKept => TotalBytes / RepeatShare / BytesPerRepeat;
}
