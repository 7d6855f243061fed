using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The tables of a spool, and how the database is set up.</summary>
internal static class SpoolSchema
{
    /// <summary>What a spool of another version is refused for.</summary>
    public const int Version = 2;

    /// <summary>The version in which conversations had an index; it is brought up to date (<see cref="SpoolLanes.Rebuild"/>).</summary>
    public const int LanesIndexed = 1;

    /// <summary>The columns of an event, in both tables that hold events.</summary>
    public const string EventColumns = "lane, at, id, kind, time, subject, key, provider, trace, data";

    /// <summary>The same columns without the event's data, for who does not need it: it may be a mebibyte.</summary>
    public const string EventColumnsWithoutData = "lane, at, id, kind, time, subject, key, provider, trace, x''";

    private const int CacheKibibytes = 1024;

    private const string Lanes = "CREATE TABLE IF NOT EXISTS chunk (number INTEGER PRIMARY KEY, lanes BLOB NOT NULL);";

    private static readonly string Tables = $"""
        CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL, pending INTEGER NOT NULL, dead INTEGER NOT NULL);
        CREATE TABLE event (
          seq INTEGER PRIMARY KEY,
          lane INTEGER, at INTEGER NOT NULL, id TEXT NOT NULL, kind INTEGER NOT NULL, time INTEGER NOT NULL,
          subject TEXT, key TEXT, provider TEXT NOT NULL, trace TEXT, data BLOB NOT NULL);
        {Lanes}
        CREATE TABLE dead (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          source INTEGER NOT NULL, reason INTEGER NOT NULL, status INTEGER, attempts INTEGER NOT NULL, dead_at INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0,
          lane INTEGER, at INTEGER NOT NULL, id TEXT NOT NULL, kind INTEGER NOT NULL, time INTEGER NOT NULL,
          subject TEXT, key TEXT, provider TEXT NOT NULL, trace TEXT, data BLOB NOT NULL);
        CREATE INDEX dead_source ON dead (source);
        CREATE TABLE seen (seq INTEGER PRIMARY KEY, source INTEGER NOT NULL, id BLOB NOT NULL, at INTEGER NOT NULL);
        CREATE UNIQUE INDEX seen_id ON seen (source, id);
        """;

    /// <summary>Takes the database for this process alone and makes the tables if it is new.</summary>
    /// <returns>The version that it had; 0 when it is new.</returns>
    /// <exception cref="SqliteFailure">It is no database, another process has it, or the disk has no room.</exception>
    /// <exception cref="InvalidDataException">It is the spool of another version.</exception>
    public static int Prepare(SqliteDatabase database, SpoolLimits limits)
    {
        // Exclusive: one process only, and the log's index in our own memory instead of a shared file. The log is brought in between commits, see SpoolFile.ShortenLog.
        database.Execute($"""
            PRAGMA locking_mode=EXCLUSIVE;
            PRAGMA auto_vacuum=INCREMENTAL;
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            PRAGMA wal_autocheckpoint=0;
            PRAGMA journal_size_limit={limits.LogBytes};
            PRAGMA cache_size=-{CacheKibibytes};
            PRAGMA temp_store=MEMORY;
            PRAGMA cell_size_check=ON;
            PRAGMA trusted_schema=OFF;
            PRAGMA max_page_count={limits.MostFilePages};
            BEGIN EXCLUSIVE;
            """);
        var version = (int)database.Scalar("PRAGMA user_version");
        switch (version)
        {
            case 0:
                database.Execute($"{Tables} PRAGMA user_version={Version};");
                break;
            case LanesIndexed:
                database.Execute($"DROP INDEX IF EXISTS event_lane; {Lanes}");
                break;
            case Version:
                break;
            default:
                throw new InvalidDataException($"The spool has version {version}; this receiver knows {Version}.");
        }

        database.Execute("COMMIT");
        return version;
    }
}
