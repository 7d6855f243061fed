namespace MessengerOperator.Receiver.Spool;

/// <summary>What waits for the spool's thread. Bounded for requests; what the process itself asks for always has room.</summary>
internal sealed class SpoolQueue(int mostEntries, long mostBytes)
{
    // As many deliveries are written together, unless requests come in between or the tick comes first.
    private const int SettlementsAtOnce = 256;

    private readonly object _gate = new();
    private SpoolTurn _waiting = new();
    private SpoolTurn _spare = new();
    private long _bytes;
    private bool _wake;
    private bool _closed;

    /// <summary>Hands over a request's events; false when too many wait, or the end has come.</summary>
    public bool TryAdd(SpoolEntry entry)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Entries.Count >= mostEntries || (_bytes > 0 && _bytes + entry.Bytes > mostBytes))
            {
                return false;
            }

            _waiting.Entries.Add(entry);
            _bytes += entry.Bytes;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Hands over what became of an event. It is written with the next request, or when <see cref="Wake"/> is called; true when it is the first that waits.</summary>
    public bool Add(in Settlement settlement)
    {
        lock (_gate)
        {
            _waiting.Settlements.Add(settlement);
            if (_waiting.Settlements.Count >= SettlementsAtOnce)
            {
                Monitor.Pulse(_gate);
            }

            return _waiting.Settlements.Count == 1;
        }
    }

    /// <summary>Hands over a task; false when the end has come.</summary>
    public bool TryAdd(ISpoolTask task)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Tasks.Add(task);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Wakes the thread although there may be nothing to do.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _wake = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Nothing is handed over any more but settlements; what was, is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for something to do and takes all of it. What it gave before must be cleared.</summary>
    public SpoolTurn Take()
    {
        lock (_gate)
        {
            while (!_closed && !_wake && _waiting is { Entries.Count: 0, Tasks.Count: 0, Settlements.Count: < SettlementsAtOnce })
            {
                Monitor.Wait(_gate);
            }

            var turn = _waiting;
            turn.IsLast = _closed;
            (_waiting, _spare) = (_spare, turn);
            _bytes = 0;
            _wake = false;
            return turn;
        }
    }
}

/// <summary>What the spool's thread does at once.</summary>
internal sealed class SpoolTurn
{
    /// <summary>Requests, in the order of their arrival.</summary>
    public List<SpoolEntry> Entries { get; } = [];

    /// <summary>What became of events.</summary>
    public List<Settlement> Settlements { get; } = [];

    /// <summary>Tasks.</summary>
    public List<ISpoolTask> Tasks { get; } = [];

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsLast { get; set; }

    /// <summary>Empties it, to be used again.</summary>
    public void Clear()
    {
        Entries.Clear();
        Settlements.Clear();
        Tasks.Clear();
    }
}
