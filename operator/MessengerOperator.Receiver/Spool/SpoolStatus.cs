using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>How the spool is; written by its thread, read by anybody.</summary>
internal sealed class SpoolStatus
{
    private volatile IReadOnlyDictionary<string, SpoolSource> _sources = new Dictionary<string, SpoolSource>(StringComparer.Ordinal);
    private volatile IReadOnlyList<string> _setAside = [];
    private volatile bool _isOpen;
    private volatile bool _isFull;
    private volatile SpoolTrouble? _trouble;
    private volatile int _sinksLeftAlone;
    private long _usedBytes;
    private long _usableBytes;

    /// <summary>Whether there is a spool.</summary>
    public bool IsUsed { get; init; }

    /// <summary>Whether events can be taken in at all.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        internal set => _isOpen = value;
    }

    /// <summary>Whether there is no room for a further event.</summary>
    public bool IsFull
    {
        get => _isFull;
        internal set => _isFull = value;
    }

    /// <summary>What is wrong now; null when all is well.</summary>
    public SpoolTrouble? Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }

    /// <summary>Bytes that events, dead letters and remembered ids take.</summary>
    public long UsedBytes
    {
        get => Volatile.Read(ref _usedBytes);
        internal set => Volatile.Write(ref _usedBytes, value);
    }

    /// <summary>Bytes that they may take.</summary>
    public long UsableBytes
    {
        get => Volatile.Read(ref _usableBytes);
        internal set => Volatile.Write(ref _usableBytes, value);
    }

    /// <summary>Files that were set aside because they could not be read any more, oldest first.</summary>
    public IReadOnlyList<string> SetAside
    {
        get => _setAside;
        internal set => _setAside = value;
    }

    /// <summary>Sinks that fail for everybody and are asked now and then only.</summary>
    public int SinksLeftAlone
    {
        get => _sinksLeftAlone;
        internal set => _sinksLeftAlone = value;
    }

    /// <summary>The integrations in the spool.</summary>
    public IEnumerable<SpoolSource> Sources => _sources.Values;

    /// <summary>The integration of that CloudEvents source; null when the spool never had an event of it.</summary>
    public SpoolSource? Source(string name) => _sources.GetValueOrDefault(name);

    /// <summary>Makes the file's integrations visible.</summary>
    internal void Publish(IReadOnlyCollection<SpoolSource> sources)
    {
        if (sources.Count != _sources.Count || sources.Any(source => _sources.GetValueOrDefault(source.Name) != source))
        {
            _sources = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        }
    }
}

/// <summary>Why the spool does not take events.</summary>
/// <param name="Kind">What kind of trouble it is.</param>
/// <param name="Message">What the system says; paths and codes, nothing of an event.</param>
/// <param name="Since">Since when.</param>
internal sealed record SpoolTrouble(SqliteTrouble Kind, string Message, DateTimeOffset Since);
