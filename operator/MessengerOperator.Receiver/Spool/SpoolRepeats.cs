using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The ids of events that were accepted, to tell repeats.</summary>
internal sealed class SpoolRepeats(SqliteDatabase database)
{
    // Longer ids are kept as the first half of their SHA-256: Facebook's have 120 characters and more. Those that grow with time, as LINE's 26 characters, should not be:
    // one after the other they change the same page of the index, hashes a page each.
    private const int LongestIdBytes = 26;
    private const int HashBytes = 16;
    private const int MaxStackChars = 256;

    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO seen (source, id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    private readonly SqliteStatement _forgetOld = database.Prepare("DELETE FROM seen WHERE seq IN (SELECT seq FROM (SELECT seq, at FROM seen ORDER BY seq LIMIT ?1) WHERE at < ?2)");
    private readonly SqliteStatement _forgetExcess = database.Prepare("DELETE FROM seen WHERE seq IN (SELECT seq FROM seen ORDER BY seq LIMIT ?1)");
    private readonly SqliteStatement _first = database.Prepare("SELECT seq FROM seen ORDER BY seq LIMIT 1");
    private readonly SqliteStatement _last = database.Prepare("SELECT seq FROM seen ORDER BY seq DESC LIMIT 1");

    /// <summary>Remembers the id; false when it is remembered already.</summary>
    public bool Remember(int source, string id, long at)
    {
        Span<byte> key = stackalloc byte[LongestIdBytes];
        return RememberKey(source, Key(id, key), at);
    }

    /// <summary>Remembers what another file has remembered; false when it is remembered already.</summary>
    public bool RememberKey(int source, ReadOnlySpan<byte> key, long at)
    {
        _insert.Bind(1, source).Bind(2, key).Bind(3, at).Run();
        return database.Changes > 0;
    }

    /// <summary>Forgets up to <paramref name="most"/> ids: those accepted before <paramref name="before"/>, and the oldest of those that are more than <paramref name="kept"/>.</summary>
    /// <returns>How many were forgotten before their time.</returns>
    public long Forget(long before, long kept, int most)
    {
        _forgetOld.Bind(1, most).Bind(2, before).Run();
        var excess = Math.Min(_last.Scalar() - _first.Scalar() + 1 - kept, most);
        if (excess <= 0)
        {
            return 0;
        }

        _forgetExcess.Bind(1, excess).Run();
        return database.Changes;
    }

    private static ReadOnlySpan<byte> Key(string id, Span<byte> key)
    {
        if (id.Length <= LongestIdBytes && Encoding.UTF8.TryGetBytes(id, key, out var written))
        {
            return key[..written];
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var most = Encoding.UTF8.GetMaxByteCount(id.Length);
        var utf8 = id.Length <= MaxStackChars ? stackalloc byte[most] : new byte[most];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(id, utf8)], hash);
        hash[..HashBytes].CopyTo(key);
        return key[..HashBytes];
    }
}
