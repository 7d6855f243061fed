using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The table of events that are safe and not delivered.</summary>
internal sealed class SpoolEvents(SqliteDatabase database, SpoolLanes lanes)
{
    private const string Select = $"SELECT seq, {SpoolSchema.EventColumns} FROM event";

    private readonly SqliteStatement _insert = database.Prepare($"INSERT INTO event (seq, {SpoolSchema.EventColumns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM event WHERE seq = ?1");
    private readonly SqliteStatement _page = database.Prepare($"{Select} WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3");
    private readonly SqliteStatement _first = database.Prepare("SELECT seq FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT 1");
    private readonly SqliteStatement _oldest = database.Prepare("SELECT at FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT 1");

    /// <summary>Adds an event.</summary>
    public void Insert(long seq, long? lane, long at, CloudEvent content) => EventRow.Bind(_insert.Bind(1, seq), 2, lane, at, content).Run();

    /// <summary>Takes an event out; false when it is not there.</summary>
    public bool Delete(long seq)
    {
        _delete.Bind(1, seq).Run();
        return database.Changes > 0;
    }

    /// <summary>A source's events after <paramref name="after"/>, oldest first.</summary>
    /// <param name="source">The source.</param>
    /// <param name="after">Number of the last event that is known.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="mostBytes">Ends with the event with which so many bytes are reached.</param>
    /// <param name="events">Where they go.</param>
    /// <returns>Whether these were all.</returns>
    public bool Read(SpoolSource source, long after, int most, long mostBytes, List<StoredEvent> events) =>
        Read(_page.Bind(1, Math.Max(after, source.First)).Bind(2, source.Last).Bind(3, most), source, most, mostBytes, events);

    /// <summary>A lane's events after <paramref name="after"/> and up to <paramref name="upTo"/>, oldest first.</summary>
    /// <returns>Null when these were all; else the number after which to read on, and there may be none yet.</returns>
    public long? ReadLane(SpoolSource source, long lane, long after, long upTo, int most, long mostBytes, List<StoredEvent> events)
    {
        var found = new List<long>(most);
        var looked = lanes.Find(source, lane, after, upTo, most, found);
        long bytes = 0;
        foreach (var seq in found)
        {
            var read = events.Count;
            ReadOne(source, seq, events);
            if (events.Count == read)
            {
                continue;
            }

            if (events[^1].Lane != lane)
            {
                events.RemoveAt(read);
                continue;
            }

            bytes += events[^1].Bytes;
            if (bytes >= mostBytes)
            {
                return seq;
            }
        }

        return looked == upTo ? null : looked;
    }

    /// <summary>The event of that number, if it is there.</summary>
    public void ReadOne(SpoolSource source, long seq, List<StoredEvent> events) => Read(_page.Bind(1, seq - 1).Bind(2, seq).Bind(3, 2), source, most: 2, mostBytes: long.MaxValue, events);

    /// <summary>The number of the source's oldest event; 0 when there is none.</summary>
    public long First(SpoolSource source) => _first.Bind(1, source.First).Bind(2, source.Last).Scalar();

    /// <summary>When the source's oldest event was accepted; 0 when there is none.</summary>
    public long OldestAt(SpoolSource source) => _oldest.Bind(1, source.First).Bind(2, source.Last).Scalar();

    private static bool Read(SqliteStatement rows, SpoolSource source, int most, long mostBytes, List<StoredEvent> events)
    {
        var count = 0;
        long bytes = 0;
        while (rows.Step())
        {
            var stored = EventRow.Read(rows, 1, source, rows.Number(0));
            events.Add(stored);
            bytes += stored.Bytes;
            if (++count == most || bytes >= mostBytes)
            {
                rows.Reset();
                return false;
            }
        }

        return true;
    }
}
