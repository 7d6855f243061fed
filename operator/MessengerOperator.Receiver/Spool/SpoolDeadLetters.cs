using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The table of events that were put aside.</summary>
internal sealed class SpoolDeadLetters(SqliteDatabase database)
{
    private const int EventColumn = 7;
    private const string Select = "SELECT number, source, reason, status, attempts, dead_at, kept";

    private readonly SqliteStatement _move = database.Prepare($"""
        INSERT INTO dead (source, reason, status, attempts, dead_at, {SpoolSchema.EventColumns})
        SELECT ?2, ?3, ?4, ?5, ?6, {SpoolSchema.EventColumns} FROM event WHERE seq = ?1
        """);

    private readonly SqliteStatement _insert = database.Prepare($"""
        INSERT INTO dead (source, reason, status, attempts, dead_at, {SpoolSchema.EventColumns})
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """);

    private readonly SqliteStatement _moveBack = database.Prepare($"""
        INSERT INTO event (seq, lane, at, id, kind, time, subject, key, provider, trace, data)
        SELECT ?2, lane, ?3, id, kind, time, subject, key, provider, trace, data FROM dead WHERE number = ?1
        RETURNING lane
        """);

    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM dead WHERE number = ?1");
    private readonly SqliteStatement _keep = database.Prepare("UPDATE dead SET kept = 1 WHERE number = ?1");
    private readonly SqliteStatement _page = database.Prepare($"{Select}, {SpoolSchema.EventColumnsWithoutData} FROM dead WHERE number > ?1 ORDER BY number LIMIT ?2");
    private readonly SqliteStatement _next = database.Prepare($"{Select}, {SpoolSchema.EventColumns} FROM dead WHERE source = ?1 AND kept = 0 ORDER BY number LIMIT 1");
    private readonly SqliteStatement _keys = database.Prepare("SELECT number, source, length(data) FROM dead WHERE number > ?1 AND number <= ?2 AND dead_at < ?3 ORDER BY number LIMIT ?4");
    private readonly SqliteStatement _last = database.Prepare("SELECT number FROM dead ORDER BY number DESC LIMIT 1");

    /// <summary>Copies an event in; false when it is not there.</summary>
    public bool Move(long seq, int source, DeadLetterReason reason, int? statusCode, int attempts, long at)
    {
        _move.Bind(1, seq).Bind(2, source).Bind(3, (long)reason).Bind(4, statusCode).Bind(5, attempts).Bind(6, at).Run();
        return database.Changes > 0;
    }

    /// <summary>Adds a dead letter.</summary>
    public void Insert(int source, DeadLetter letter)
    {
        _insert.Bind(1, source).Bind(2, (long)letter.Reason).Bind(3, letter.StatusCode).Bind(4, letter.Attempts).Bind(5, letter.At.ToUnixTimeMilliseconds());
        EventRow.Bind(_insert, 6, letter.Stored.Lane, letter.Stored.AcceptedAt.ToUnixTimeMilliseconds(), letter.Stored.Content).Run();
    }

    /// <summary>Copies a dead letter back, under a new number and as if it had just been accepted.</summary>
    /// <returns>Its lane.</returns>
    public long? MoveBack(long number, long seq, long at)
    {
        long? lane = null;
        _moveBack.Bind(1, number).Bind(2, seq).Bind(3, at);
        while (_moveBack.Step())
        {
            lane = _moveBack.IsNull(0) ? null : _moveBack.Number(0);
        }

        return lane;
    }

    /// <summary>Takes a dead letter out; false when it is not there.</summary>
    public bool Delete(long number)
    {
        _delete.Bind(1, number).Run();
        return database.Changes > 0;
    }

    /// <summary>Marks a dead letter that the dead letters' own sink refuses: it is not offered to it again.</summary>
    public void Keep(long number) => _keep.Bind(1, number).Run();

    /// <summary>Dead letters after a number, in the order in which they were put aside; without the events' data.</summary>
    public List<DeadLetter> List(long after, int most, Func<int, SpoolSource> sourceOf)
    {
        var letters = new List<DeadLetter>();
        _page.Bind(1, after).Bind(2, most);
        while (_page.Step())
        {
            letters.Add(Letter(_page, sourceOf((int)_page.Number(1))));
        }

        return letters;
    }

    /// <summary>A source's first dead letter that is not kept; null when there is none.</summary>
    public DeadLetter? Next(SpoolSource source)
    {
        _next.Bind(1, source.Number);
        if (!_next.Step())
        {
            return null;
        }

        var letter = Letter(_next, source);
        _next.Reset();
        return letter;
    }

    /// <summary>Numbers and sources of dead letters.</summary>
    /// <param name="after">Only numbers above this.</param>
    /// <param name="upTo">Only numbers up to this.</param>
    /// <param name="before">Only those put aside before this time.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="mostBytes">Ends with the one with which so many bytes of data are reached.</param>
    public List<(long Number, int Source)> Keys(long after, long upTo, long before, int most, long mostBytes)
    {
        var keys = new List<(long, int)>();
        long bytes = 0;
        _keys.Bind(1, after).Bind(2, upTo).Bind(3, before).Bind(4, most);
        while (_keys.Step())
        {
            keys.Add((_keys.Number(0), (int)_keys.Number(1)));
            bytes += _keys.Number(2);
            if (bytes >= mostBytes)
            {
                _keys.Reset();
                break;
            }
        }

        return keys;
    }

    /// <summary>The highest number; 0 when there is none.</summary>
    public long Last() => _last.Scalar();

    private static DeadLetter Letter(SqliteStatement row, SpoolSource source) => new(
        row.Number(0),
        EventRow.Read(row, EventColumn, source, seq: 0),
        (DeadLetterReason)row.Number(2),
        row.IsNull(3) ? null : (int)row.Number(3),
        (int)row.Number(4),
        EventRow.Time(row.Number(5)));
}
