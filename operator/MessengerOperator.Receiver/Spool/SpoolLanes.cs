using System.Runtime.InteropServices;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Tells where among a source's events those of a lane are.</summary>
/// <remarks>
/// Instead of an index, whose keys lie anywhere so that each commit changes many of its pages: the lanes of <see cref="ChunkEvents"/> consecutive events are one row, written once, with
/// the first event of a later chunk. Those of the newest chunk are in memory, and read from the events when they are not. Of a lane's number the low half is kept, so what is found
/// may be another lane's event, or one that has been delivered.
/// </remarks>
internal sealed class SpoolLanes(SqliteDatabase database)
{
    /// <summary>Events of a chunk. Its row of 2 KiB fits a page.</summary>
    public const int ChunkEvents = 1 << ChunkBits;

    // An event's chunk is its number without so many low bits.
    private const int ChunkBits = 9;

    // A mebibyte of rows: the spool's thread has more to do.
    private const int ChunksAtOnce = 512;

    private readonly Dictionary<int, NewestChunk> _newest = [];
    private readonly SqliteStatement _insert = database.Prepare("INSERT OR REPLACE INTO chunk (number, lanes) VALUES (?1, ?2)");
    private readonly SqliteStatement _chunks = database.Prepare("SELECT number, lanes FROM chunk WHERE number >= ?1 AND number <= ?2 ORDER BY number");
    private readonly SqliteStatement _events = database.Prepare("SELECT seq, lane FROM event WHERE seq >= ?1 AND seq <= ?2 ORDER BY seq");
    private readonly SqliteStatement _forget = database.Prepare("DELETE FROM chunk WHERE number >= ?1 AND number < ?2");

    /// <summary>Notes the lane of an event that has just been added.</summary>
    public void Note(SpoolSource source, long seq, long? lane)
    {
        var newest = Newest(source, seq - 1);
        MoveTo(newest, seq);
        newest.Lanes[IndexOf(seq)] = Half(lane);
    }

    /// <summary>Numbers of events that may be the lane's.</summary>
    /// <param name="source">The source.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="after">Only higher numbers.</param>
    /// <param name="upTo">Only numbers up to this.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="found">Where they go, in order.</param>
    /// <returns>Up to which number it has looked; <paramref name="upTo"/> when these were all.</returns>
    public long Find(SpoolSource source, long lane, long after, long upTo, int most, List<long> found)
    {
        var newest = Newest(source, source.Newest);
        var looked = 0;
        _chunks.Bind(1, ChunkOf(after + 1)).Bind(2, Math.Min(ChunkOf(upTo), newest.Number - 1));
        while (_chunks.Step())
        {
            var number = _chunks.Number(0);
            Find(MemoryMarshal.Cast<byte, uint>(_chunks.Blob(1)), number << ChunkBits, lane, after, upTo, most, found);
            if (found.Count == most || ++looked == ChunksAtOnce)
            {
                _chunks.Reset();
                return found.Count == most ? found[^1] : Math.Min(upTo, (number << ChunkBits) + ChunkEvents - 1);
            }
        }

        Find(newest.Lanes, newest.Number << ChunkBits, lane, after, upTo, most, found);
        return found.Count == most ? found[^1] : upTo;
    }

    /// <summary>Drops the rows of chunks in which no event is left, as all that are left have the number <paramref name="oldest"/> or a higher one.</summary>
    public void Forget(SpoolSource source, long oldest)
    {
        var newest = Newest(source, source.Newest);
        var chunk = Math.Min(ChunkOf(oldest), newest.Number);
        if (newest.Forgotten != chunk)
        {
            _forget.Bind(1, ChunkOf(source.First)).Bind(2, chunk).Run();
            newest.Forgotten = chunk;
        }
    }

    /// <summary>Forgets what is in memory: the transaction in which it was noted was undone.</summary>
    public void Undo() => _newest.Clear();

    /// <summary>Makes the rows for events that were added without noting their lanes.</summary>
    public void Rebuild(IEnumerable<SpoolSource> sources)
    {
        foreach (var source in sources)
        {
            var newest = new NewestChunk { Number = ChunkOf(source.First) };
            _events.Bind(1, source.First).Bind(2, source.Last);
            while (_events.Step())
            {
                MoveTo(newest, _events.Number(0));
                Take(newest);
            }

            MoveTo(newest, source.Newest);
            _newest[source.Number] = newest;
        }
    }

    private static long ChunkOf(long seq) => seq >> ChunkBits;

    private static int IndexOf(long seq) => (int)(seq & (ChunkEvents - 1));

    private static uint Half(long? lane) => (uint)((lane ?? 0) & uint.MaxValue);

    private static void Find(ReadOnlySpan<uint> lanes, long first, long lane, long after, long upTo, int most, List<long> found)
    {
        var from = (int)Math.Clamp(after + 1 - first, 0, lanes.Length);
        while (found.Count < most && lanes[from..].IndexOf(Half(lane)) is >= 0 and var next && first + from + next <= upTo)
        {
            from += next + 1;
            found.Add(first + from - 1);
        }
    }

    private void MoveTo(NewestChunk newest, long seq)
    {
        if (newest.Number != ChunkOf(seq))
        {
            _insert.Bind(1, newest.Number).Bind(2, MemoryMarshal.AsBytes(newest.Lanes.AsSpan())).Run();
            newest.Number = ChunkOf(seq);
            Array.Clear(newest.Lanes);
        }
    }

    private NewestChunk Newest(SpoolSource source, long seq)
    {
        if (!_newest.TryGetValue(source.Number, out var newest))
        {
            newest = new() { Number = ChunkOf(seq) };
            _events.Bind(1, newest.Number << ChunkBits).Bind(2, seq);
            while (_events.Step())
            {
                Take(newest);
            }

            _newest.Add(source.Number, newest);
        }

        return newest;
    }

    private void Take(NewestChunk newest) => newest.Lanes[IndexOf(_events.Number(0))] = Half(_events.IsNull(1) ? null : _events.Number(1));

    private sealed class NewestChunk
    {
        public required long Number { get; set; }

        public uint[] Lanes { get; } = new uint[ChunkEvents];

        /// <summary>Rows of chunks before this one are gone.</summary>
        public long Forgotten { get; set; } = -1;
    }
}
