using System.Collections.Concurrent;
using System.Collections.Immutable;
using k8s.Models;

namespace MessengerOperator.Runtime.Client;

/// <summary>
/// Remembers which versions of an object our own writes have replaced, so that a pass does not start from a cache that has not seen them yet.
/// Versions are compared for equality only: they are opaque.
/// </summary>
internal sealed class WriteTracker
{
    private const int Remembered = 16;
    private readonly ConcurrentDictionary<string, ImmutableQueue<string>> _replaced = new();

    public void Replaced(V1ObjectMeta before, V1ObjectMeta after)
    {
        if (before.Uid is { } uid && before.ResourceVersion is { } version && version != after.ResourceVersion)
        {
            _replaced.AddOrUpdate(uid, _ => [version], (_, versions) => Trim(versions.Enqueue(version)));
        }
    }

    /// <summary>Whether the version in a cache is known to be old.</summary>
    public bool IsStale(V1ObjectMeta cached)
    {
        if (cached.Uid is not { } uid || !_replaced.TryGetValue(uid, out var versions))
        {
            return false;
        }

        if (versions.Contains(cached.ResourceVersion))
        {
            return true;
        }

        _replaced.TryRemove(uid, out _);
        return false;
    }

    public void Forget(string uid) => _replaced.TryRemove(uid, out _);

    private static ImmutableQueue<string> Trim(ImmutableQueue<string> versions) => versions.Count() > Remembered ? versions.Dequeue() : versions;
}
