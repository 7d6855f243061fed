using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>A spool's database. One thread at a time; every member may throw <see cref="SqliteFailure"/>.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SpoolRepeats _repeats;
    private readonly SpoolLanes _lanes;
    private readonly SqliteStatement _addSource;
    private readonly SqliteStatement _updateSource;
    private readonly SqliteStatement _pageCount;
    private readonly SqliteStatement _freePages;
    private readonly List<SpoolSource> _touched = [];
    private readonly Dictionary<string, SpoolSource> _byName = new(StringComparer.Ordinal);
    private readonly int _mostLogPages;
    private long _logPages;

    private SpoolFile(SqliteDatabase database, SpoolLimits limits, int generation)
    {
        _database = database;
        Generation = generation;
        _mostLogPages = limits.LogPages;

        // It may have been left long.
        _logPages = _mostLogPages;
        _repeats = new(database);
        _lanes = new(database);
        Events = new(database, _lanes);
        DeadLetters = new(database);
        _addSource = database.Prepare("INSERT INTO source (name, count, pending, dead) VALUES (?1, 0, 0, 0) RETURNING number");
        _updateSource = database.Prepare("UPDATE source SET count = ?2, pending = ?3, dead = ?4 WHERE number = ?1");
        _pageCount = database.Prepare("PRAGMA page_count");
        _freePages = database.Prepare("PRAGMA freelist_count");
        LoadSources();
        RefreshOldest();
    }

    /// <summary>Goes up with every file that was set aside.</summary>
    public int Generation { get; }

    /// <summary>Events that are safe and not delivered.</summary>
    public SpoolEvents Events { get; }

    /// <summary>Events that were put aside.</summary>
    public SpoolDeadLetters DeadLetters { get; }

    /// <summary>Every integration that has, or had, events here.</summary>
    public IReadOnlyCollection<SpoolSource> Sources => _byName.Values;

    /// <summary>Bytes of the file that hold something.</summary>
    public long UsedBytes => (_pageCount.Scalar() - FreePages) * SpoolLimits.PageBytes;

    /// <summary>Pages of the file that hold nothing.</summary>
    public long FreePages => _freePages.Scalar();

    /// <summary>Bytes of the file.</summary>
    public long FileBytes => _pageCount.Scalar() * SpoolLimits.PageBytes;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="generation">Goes up with every file that was set aside.</param>
    /// <exception cref="SqliteFailure">It cannot be used; the failure's trouble says why.</exception>
    /// <exception cref="InvalidDataException">It is a spool, but of another version.</exception>
    public static SpoolFile Open(string path, SpoolLimits limits, int generation)
    {
        var database = SqliteDatabase.Open(path);
        try
        {
            var isIndexed = SpoolSchema.Prepare(database, limits) == SpoolSchema.LanesIndexed;
            var file = new SpoolFile(database, limits, generation);
            if (isIndexed)
            {
                file.Upgrade();
            }

            return file;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction.</summary>
    public void Begin() => _database.Execute("BEGIN IMMEDIATE");

    /// <summary>Makes the transaction's changes durable: once it returns, no crash of process or machine undoes them.</summary>
    public void Commit(long now)
    {
        foreach (var source in _touched)
        {
            _updateSource.Bind(1, source.Number).Bind(2, source.Count).Bind(3, source.Pending).Bind(4, source.Dead).Run();
        }

        _database.Execute("COMMIT");
        foreach (var source in _touched)
        {
            source.Touched = false;
            source.Publish(now);
        }

        _touched.Clear();
    }

    /// <summary>Undoes the transaction, and what was counted within it.</summary>
    public void Rollback()
    {
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (SqliteFailure)
        {
            // SQLite had rolled back by itself already.
        }

        _touched.Clear();
        _lanes.Undo();
        LoadSources();
    }

    /// <summary>Looks up when each source's oldest event was accepted.</summary>
    public void RefreshOldest()
    {
        foreach (var source in Sources)
        {
            source.PublishOldest(source.Pending == 0 ? 0 : Events.OldestAt(source));
        }
    }

    /// <summary>Drops what tells where conversations are among events that have all been delivered.</summary>
    public void ForgetLanes()
    {
        foreach (var source in Sources)
        {
            _lanes.Forget(source, source.Pending == 0 ? source.Newest : Events.First(source));
        }
    }

    /// <summary>The source of that number.</summary>
    public SpoolSource Source(int number) => _byName.Values.First(source => source.Number == number);

    /// <summary>Adds an event; null when it is a repeat of one that was accepted before.</summary>
    public StoredEvent? Add(CloudEvent content, long? lane, DateTimeOffset at)
    {
        var source = SourceOf(content.Source);
        var milliseconds = at.ToUnixTimeMilliseconds();
        if (!_repeats.Remember(source.Number, content.Id, milliseconds))
        {
            return null;
        }

        var seq = source.NextSeq();
        Events.Insert(seq, lane, milliseconds, content);
        _lanes.Note(source, seq, lane);
        source.Pending++;
        Touch(source);
        return new(source, seq, lane, at, content);
    }

    /// <summary>Adds what another file had put aside; false when its event is known here already.</summary>
    public bool AddDeadLetter(DeadLetter letter)
    {
        var source = SourceOf(letter.Stored.Source.Name);
        if (!_repeats.Remember(source.Number, letter.Stored.Content.Id, letter.Stored.AcceptedAt.ToUnixTimeMilliseconds()))
        {
            return false;
        }

        DeadLetters.Insert(source.Number, letter);
        source.Dead++;
        Touch(source);
        return true;
    }

    /// <summary>Remembers an id that another file has remembered.</summary>
    public void Remember(string source, ReadOnlySpan<byte> key, long at) => _repeats.RememberKey(SourceOf(source).Number, key, at);

    /// <summary>Takes an event out that was delivered or, with a reason, puts it aside.</summary>
    public void Settle(in Settlement settlement, long now)
    {
        if (settlement.Source.Generation != Generation || !_byName.TryGetValue(settlement.Source.Name, out var source))
        {
            return;
        }

        if (settlement.Reason is { } reason && DeadLetters.Move(settlement.Seq, source.Number, reason, settlement.StatusCode, settlement.Attempts, now))
        {
            source.Dead++;
        }

        if (Events.Delete(settlement.Seq))
        {
            source.Pending--;
            Touch(source);
        }
    }

    /// <summary>Puts a dead letter back among the events, behind all others.</summary>
    public void Redrive(long number, SpoolSource source, long now)
    {
        var seq = source.NextSeq();
        _lanes.Note(source, seq, DeadLetters.MoveBack(number, seq, now));
        source.Pending++;
        Discard(number, source);
    }

    /// <summary>Removes a dead letter for good.</summary>
    public void Discard(long number, SpoolSource source)
    {
        if (DeadLetters.Delete(number))
        {
            source.Dead--;
        }

        Touch(source);
    }

    /// <summary>Forgets ids whose time is over. Returns how many had to go before it.</summary>
    public long ForgetRepeats(long before, long kept, int most) => _repeats.Forget(before, kept, most);

    /// <summary>Writes something small, to see whether that goes.</summary>
    public void Probe() => Pretend(SpoolSchema.Version);

    /// <summary>Writes a version into the file.</summary>
    internal void Pretend(int version) => _database.Execute($"PRAGMA user_version={version}");

    /// <summary>From now on the file has no more pages than this: what would need another fails.</summary>
    public void Limit(long pages) => _database.Execute($"PRAGMA max_page_count={pages}");

    /// <summary>Gives free pages back to the disk.</summary>
    public void Vacuum(int pages) => _database.Execute($"PRAGMA incremental_vacuum({pages})");

    /// <summary>Brings the write-ahead log into the database when it is long. Not SQLite's own way, which is within a commit: who waits for that need not wait for this.</summary>
    /// <remarks>As with SQLite's own way a failure is nobody's: the log is as safe as the database. It is tried again, and when the log has no room left a commit will say so.</remarks>
    public void ShortenLog()
    {
        _logPages += _database.TakePagesWritten();
        if (_logPages < _mostLogPages)
        {
            return;
        }

        try
        {
            _database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            _logPages = 0;
        }
        catch (SqliteFailure)
        {
        }
    }

    /// <summary>Brings the write-ahead log into the database, so that its room can be used again.</summary>
    public void Checkpoint() => _database.Scalar("PRAGMA wal_checkpoint(RESTART)");

    public void Dispose() => _database.Dispose();

    private void Upgrade()
    {
        Begin();
        _lanes.Rebuild(Sources);
        Pretend(SpoolSchema.Version);
        _database.Execute("COMMIT");
    }

    private SpoolSource SourceOf(string name)
    {
        if (_byName.TryGetValue(name, out var source))
        {
            return source;
        }

        source = new(Generation, (int)_addSource.Bind(1, name).Scalar(), name);
        _byName[name] = source;
        return source;
    }

    private void Touch(SpoolSource source)
    {
        if (!source.Touched)
        {
            source.Touched = true;
            _touched.Add(source);
        }
    }

    /// <summary>Reads the committed counts into the sources, and drops sources that never were committed.</summary>
    private void LoadSources()
    {
        var committed = new HashSet<string>(StringComparer.Ordinal);
        using var rows = _database.Query("SELECT number, name, count, pending, dead FROM source");
        while (rows.Step())
        {
            var name = rows.Text(1) ?? string.Empty;
            committed.Add(name);
            if (!_byName.TryGetValue(name, out var source))
            {
                _byName[name] = source = new(Generation, (int)rows.Number(0), name);
            }

            (source.Count, source.Pending, source.Dead, source.Touched) = (rows.Number(2), rows.Number(3), rows.Number(4), false);
            source.Publish(committedAt: 0);
        }

        foreach (var name in _byName.Keys.Where(name => !committed.Contains(name)).ToList())
        {
            _byName.Remove(name);
        }
    }
}
