namespace MessengerOperator.Runtime.Workqueue;

/// <summary>Keys with a due time, one timer for all. Times are monotonic: a change of the clock moves nothing. Of several times for a key the earliest stands.</summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, long> _due = [];
    private readonly PriorityQueue<TKey, long> _order = new();
    private readonly TimeProvider _time;
    private readonly Action<TKey> _fire;
    private readonly ITimer _timer;
    private long? _armedFor;
    private bool _disposed;

    public DelayedKeys(TimeProvider time, Action<TKey> fire)
    {
        _time = time;
        _fire = fire;
        _timer = time.CreateTimer(static state => ((DelayedKeys<TKey>)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
            if (_disposed || (_due.TryGetValue(key, out var planned) && planned <= due))
            {
                return;
            }

            // An entry for a later time stays behind in the heap and is skipped when it comes up.
            _due[key] = due;
            _order.Enqueue(key, due);
            Arm_NeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _due.Clear();
            _order.Clear();
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        List<TKey> ready = [];
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _armedFor = null;
            var now = _time.GetTimestamp();
            while (_order.TryPeek(out var key, out var due) && (due <= now || IsOutdated_NeedsLock(key, due)))
            {
                _order.Dequeue();
                if (!IsOutdated_NeedsLock(key, due))
                {
                    _due.Remove(key);
                    ready.Add(key);
                }
            }

            Arm_NeedsLock();
        }

        foreach (var key in ready)
        {
            _fire(key);
        }
    }

    private bool IsOutdated_NeedsLock(TKey key, long due) => !_due.TryGetValue(key, out var planned) || planned != due;

    private void Arm_NeedsLock()
    {
        if (_order.TryPeek(out _, out var first) && first != _armedFor)
        {
            _armedFor = first;
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), first);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
