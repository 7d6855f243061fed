using SQLitePCL;

namespace MessengerOperator.Receiver.Spool.Sqlite;

/// <summary>SQLite refused something. The message has no data in it, only the code and SQLite's own words.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite {code}: {message}")
{
    private const int PrimaryMask = 0xff;

    /// <summary>SQLite found nothing wrong, but what it gave cannot have been written.</summary>
    public static SqliteFailure Damaged(string what) => new(raw.SQLITE_CORRUPT, what);

    /// <summary>What kind of trouble it is.</summary>
    public SqliteTrouble Trouble { get; } = (code & PrimaryMask) switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => SqliteTrouble.Corrupt,
        raw.SQLITE_FULL => SqliteTrouble.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => SqliteTrouble.Busy,
        _ => SqliteTrouble.Other,
    };
}
