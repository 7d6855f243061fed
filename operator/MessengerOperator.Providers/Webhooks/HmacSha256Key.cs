using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>A key with its HMAC set up once instead of with every request, which halves what a signature costs. Safe for concurrent use.</summary>
internal sealed class HmacSha256Key
{
    // As many requests as are likely to be verified under one key at one moment; one more sets up an HMAC for itself.
    private const int MostIdle = 4;

    private static readonly ConditionalWeakTable<byte[], HmacSha256Key> Known = [];

    private readonly byte[] _key;
    private readonly IncrementalHash?[] _idle = new IncrementalHash?[MostIdle];

    private HmacSha256Key(byte[] key) => _key = key;

    /// <summary>The key of that very array, whose content never changes; it is forgotten with the array.</summary>
    public static HmacSha256Key Of(byte[] key) => Known.GetValue(key, static key => new(key));

    /// <summary>Writes the HMAC of <paramref name="data"/>, 32 bytes.</summary>
    public void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var hash = Take() ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(data);
        hash.GetHashAndReset(destination);
        GiveBack(hash);
    }

    private IncrementalHash? Take()
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } hash)
            {
                return hash;
            }
        }

        return null;
    }

    private void GiveBack(IncrementalHash hash)
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, hash, null) is null)
            {
                return;
            }
        }

        hash.Dispose();
    }
}
