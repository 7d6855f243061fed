using System.Collections.Concurrent;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Conditions;

/// <summary>Since when a verdict could not be renewed. In memory: a restart begins the grace period afresh, and status needs no timestamps for it.</summary>
internal sealed class UncertaintyTracker(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Uid, ConditionType Type), long> _since = new();

    /// <summary>How long it could not be told; zero the first time.</summary>
    public TimeSpan Lasting(string uid, ConditionType type) => time.GetElapsedTime(_since.GetOrAdd((uid, type), _ => time.GetTimestamp()));

    /// <summary>A verdict was had.</summary>
    public void Clear(string uid, ConditionType type) => _since.TryRemove((uid, type), out _);

    /// <summary>The object is gone.</summary>
    public void Forget(string uid)
    {
        foreach (var key in _since.Keys.Where(key => key.Uid == uid))
        {
            _since.TryRemove(key, out _);
        }
    }
}
