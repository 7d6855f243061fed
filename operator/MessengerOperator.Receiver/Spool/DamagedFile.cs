using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>A file that was set aside. What of it cannot be read is left out; nothing here throws because of it.</summary>
internal sealed class DamagedFile : IDisposable
{
    private readonly SqliteDatabase _database;

    private DamagedFile(SqliteDatabase database) => _database = database;

    /// <summary>Opens it; null when not even that goes.</summary>
    public static DamagedFile? TryOpen(string path)
    {
        try
        {
            return new(SqliteDatabase.Open(path));
        }
        catch (SqliteFailure)
        {
            return null;
        }
    }

    /// <summary>Events after a number, in order, with their numbers in the file.</summary>
    /// <param name="after">Number of the last one that is known.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="mostBytes">Ends with the one with which so many bytes are reached.</param>
    /// <param name="events">Where they go.</param>
    public DamagedRead ReadEvents(long after, int most, long mostBytes, List<(long Seq, StoredEvent Stored)> events) => Read(
        $"SELECT event.seq, source.name, {SpoolSchema.EventColumns} FROM event JOIN source ON source.number = event.seq >> {SpoolSource.CountBits} WHERE event.seq > ?1 ORDER BY event.seq LIMIT ?2",
        after,
        most,
        mostBytes,
        row =>
        {
            var stored = EventRow.Read(row, 2, Source(row), seq: 0);
            events.Add((row.Number(0), stored));
            return stored.Bytes;
        });

    /// <summary>Dead letters after a number, in order.</summary>
    public DamagedRead ReadDeadLetters(long after, int most, long mostBytes, List<DeadLetter> letters) => Read(
        $"SELECT dead.number, source.name, reason, status, attempts, dead_at, {SpoolSchema.EventColumns} FROM dead JOIN source ON source.number = dead.source WHERE dead.number > ?1 ORDER BY dead.number LIMIT ?2",
        after,
        most,
        mostBytes,
        row =>
        {
            var letter = new DeadLetter(
                row.Number(0),
                EventRow.Read(row, 6, Source(row), seq: 0),
                (DeadLetterReason)row.Number(2),
                row.IsNull(3) ? null : (int)row.Number(3),
                (int)row.Number(4),
                EventRow.Time(row.Number(5)));
            letters.Add(letter);
            return letter.Stored.Bytes;
        });

    /// <summary>Remembered ids after a number, in order.</summary>
    public DamagedRead ReadRepeats(long after, int most, List<(long Seq, string Source, byte[] Key, long At)> repeats) => Read(
        "SELECT seen.seq, source.name, seen.id, seen.at FROM seen JOIN source ON source.number = seen.source WHERE seen.seq > ?1 ORDER BY seen.seq LIMIT ?2",
        after,
        most,
        long.MaxValue,
        row =>
        {
            repeats.Add((row.Number(0), row.Text(1) ?? string.Empty, row.Bytes(2), row.Number(3)));
            return 0;
        });

    public void Dispose() => _database.Dispose();

    private static SpoolSource Source(SqliteStatement row) => new(generation: -1, number: 0, row.Text(1) ?? string.Empty);

    private DamagedRead Read(string sql, long after, int most, long mostBytes, Func<SqliteStatement, int> use)
    {
        var end = DamagedRead.Complete;
        try
        {
            using var rows = _database.Query(sql).Bind(1, after).Bind(2, most);
            for (long bytes = 0; bytes < mostBytes && rows.Step();)
            {
                bytes += use(rows);
                end = DamagedRead.More;
            }
        }
        catch (SqliteFailure)
        {
            return DamagedRead.Unreadable;
        }

        return end;
    }
}

/// <summary>How reading a part of a damaged file ended.</summary>
internal enum DamagedRead
{
    /// <summary>There is nothing more.</summary>
    Complete,

    /// <summary>There may be more.</summary>
    More,

    /// <summary>What comes next cannot be read.</summary>
    Unreadable,
}
