namespace MessengerOperator.Runtime.Workqueue;

/// <inheritdoc cref="IWorkqueue{TKey}"/>
internal sealed class Workqueue<TKey> : IWorkqueue<TKey>, IDisposable
    where TKey : notnull
{
    private const int HighInARow = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Waiting> _dirty = [];
    private readonly Dictionary<TKey, long> _processing = [];
    private readonly Queue<TKey> _high = new();
    private readonly Queue<TKey> _low = new();
    private readonly Queue<TaskCompletionSource> _takers = new();
    private readonly DelayedKeys<TKey> _delayed;
    private readonly KeyBackoff<TKey> _backoff;
    private readonly TimeProvider _time;
    private readonly WorkqueueMetrics _metrics;
    private readonly IDisposable _registration;
    private int _highTaken;
    private int _ready;
    private bool _shutDown;

    public Workqueue(string name, KeyBackoff<TKey> backoff, WorkqueueMetrics metrics, TimeProvider time)
    {
        Name = name;
        _backoff = backoff;
        _metrics = metrics;
        _time = time;
        _delayed = new DelayedKeys<TKey>(time, key => Add(key, WorkPriority.Low));
        _registration = metrics.Observe(name, () => Depth, LongestRunning, Unfinished);
    }

    public string Name { get; }

    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _ready;
            }
        }
    }

    public void Add(TKey key, WorkPriority priority = WorkPriority.High)
    {
        lock (_lock)
        {
            if (_shutDown)
            {
                return;
            }

            if (_dirty.TryGetValue(key, out var waiting))
            {
                Raise_NeedsLock(key, waiting, priority);
                return;
            }

            _metrics.Added(Name);
            _dirty[key] = new Waiting(priority, _time.GetTimestamp());
            if (!_processing.ContainsKey(key))
            {
                MakeReady_NeedsLock(key, priority);
            }
        }
    }

    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key, WorkPriority.Low);
            return;
        }

        lock (_lock)
        {
            if (_shutDown)
            {
                return;
            }
        }

        _delayed.Add(key, delay);
    }

    public void AddRateLimited(TKey key)
    {
        _metrics.Retried(Name);
        AddAfter(key, _backoff.Next(key));
    }

    public void Forget(TKey key) => _backoff.Forget(key);

    public int Retries(TKey key) => _backoff.Failures(key);

    public async ValueTask<(bool HasKey, TKey Key)> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskCompletionSource taker;
            lock (_lock)
            {
                if (_shutDown)
                {
                    return (false, default!);
                }

                if (TryTake_NeedsLock(out var key))
                {
                    return (true, key);
                }

                taker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _takers.Enqueue(taker);
            }

            await WaitAsync(taker, cancellationToken);
        }
    }

    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (_processing.Remove(key, out var started))
            {
                _metrics.Worked(Name, _time.GetElapsedTime(started));
            }

            if (_dirty.TryGetValue(key, out var waiting) && !waiting.IsReady)
            {
                MakeReady_NeedsLock(key, waiting.Priority);
            }
        }
    }

    public void ShutDown()
    {
        lock (_lock)
        {
            _shutDown = true;
            while (_takers.TryDequeue(out var taker))
            {
                taker.TrySetResult();
            }
        }

        _delayed.Dispose();
    }

    public void Dispose()
    {
        ShutDown();
        _registration.Dispose();
    }

    private static async Task WaitAsync(TaskCompletionSource taker, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() => taker.TrySetCanceled(cancellationToken));
        await taker.Task;
    }

    private void Raise_NeedsLock(TKey key, Waiting waiting, WorkPriority priority)
    {
        if (priority <= waiting.Priority)
        {
            return;
        }

        // The entry in the low lane stays behind and is skipped when it comes up.
        _dirty[key] = waiting with { Priority = priority };
        if (waiting.IsReady)
        {
            _high.Enqueue(key);
        }
    }

    private void MakeReady_NeedsLock(TKey key, WorkPriority priority)
    {
        _dirty[key] = _dirty[key] with { IsReady = true };
        (priority == WorkPriority.High ? _high : _low).Enqueue(key);
        _ready++;
        WakeOne_NeedsLock();
    }

    private void WakeOne_NeedsLock()
    {
        while (_takers.TryDequeue(out var taker))
        {
            if (taker.TrySetResult())
            {
                return;
            }
        }
    }

    private bool TryTake_NeedsLock(out TKey key)
    {
        var lowFirst = _highTaken >= HighInARow;
        if (lowFirst ? Take_NeedsLock(_low, WorkPriority.Low, out key) || Take_NeedsLock(_high, WorkPriority.High, out key)
                     : Take_NeedsLock(_high, WorkPriority.High, out key) || Take_NeedsLock(_low, WorkPriority.Low, out key))
        {
            return true;
        }

        _highTaken = 0;
        return false;
    }

    private bool Take_NeedsLock(Queue<TKey> lane, WorkPriority priority, out TKey key)
    {
        while (lane.TryDequeue(out key!))
        {
            if (_dirty.TryGetValue(key, out var waiting) && waiting.IsReady && waiting.Priority == priority)
            {
                _dirty.Remove(key);
                _processing[key] = _time.GetTimestamp();
                _ready--;
                _highTaken = priority == WorkPriority.High ? _highTaken + 1 : 0;
                _metrics.Taken(Name, _time.GetElapsedTime(waiting.Since));
                return true;
            }
        }

        return false;
    }

    private double LongestRunning()
    {
        lock (_lock)
        {
            return _processing.Count == 0 ? 0 : _processing.Values.Max(started => _time.GetElapsedTime(started).TotalSeconds);
        }
    }

    private double Unfinished()
    {
        lock (_lock)
        {
            return _processing.Values.Sum(started => _time.GetElapsedTime(started).TotalSeconds);
        }
    }

    private readonly record struct Waiting(WorkPriority Priority, long Since, bool IsReady = false);
}
