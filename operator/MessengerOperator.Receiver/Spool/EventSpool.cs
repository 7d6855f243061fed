using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Events between provider and sink, on the disk. One thread writes; everybody else hands over.</summary>
internal sealed class EventSpool : IHostedService, IDisposable
{
    // Deliveries are written with the next request, but no later than this: what is not written is delivered again after a crash.
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SpoolQueue _queue;
    private readonly SpoolGuard _guard;
    private readonly SpoolWorker _worker;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private ITimer? _tick;
    private ITimer? _settle;
    private bool _started;
    private bool _disposed;

    /// <summary>Makes a spool that is not open yet.</summary>
    public EventSpool(ReceiverOptions options, RepeatWindow repeatWindow, SpoolStatus status, SpoolMetrics metrics, TimeProvider time, ILogger<EventSpool> logger)
    {
        var limits = SpoolLimits.For(options.SpoolBytes, options.SpoolDirectory!);
        if (limits.TotalBytes < options.SpoolBytes)
        {
            ReceiverLog.SpoolDiskSmall(logger, options.SpoolBytes, limits.TotalBytes);
        }

        _time = time;
        _logger = logger;
        _closed = _closing.Token;
        Status = status;
        _queue = new(options.SpoolQueue, Math.Max(2 * options.MaxBodyBytes, limits.BatchBytes));
        _guard = new(new(options.SpoolDirectory!), limits, status, metrics, time, logger) { Salvage = path => Post(new SpoolSalvage(path, this, limits, time, logger)) };
        _worker = new(_guard, limits, status, repeatWindow, options.DeadLetterAge, metrics, time, logger);
    }

    /// <summary>How it is.</summary>
    public SpoolStatus Status { get; }

    /// <summary>Makes the events of a request durable.</summary>
    public Task<SpoolOutcome> AddAsync(SpoolEntry entry)
    {
        var refused = !Status.IsOpen ? SpoolOutcome.Unavailable : Status.IsFull ? SpoolOutcome.Full : _queue.TryAdd(entry) ? SpoolOutcome.Safe : SpoolOutcome.Overloaded;
        return refused == SpoolOutcome.Safe ? entry.Task : Task.FromResult(refused);
    }

    /// <summary>Notes what became of an event. After a crash it may be delivered again all the same.</summary>
    public void Settle(in Settlement settlement)
    {
        if (_queue.Add(settlement))
        {
            _settle?.Change(SettleWithin, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Has the spool's thread do something. When it cannot be done <see cref="ISpoolTask.Fail"/> is called, never within this call.</summary>
    public void Post(ISpoolTask task)
    {
        if (!_queue.TryAdd(task))
        {
            ThreadPool.QueueUserWorkItem(static refused => refused.Fail(), task, preferLocal: false);
        }
    }

    /// <summary>Has the spool's thread do something, and waits for it.</summary>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now.</exception>
    public Task<T> AskAsync<T>(Func<SpoolFile, T> question)
    {
        var asked = new SpoolQuestion<T>(question);
        Post(asked);
        return asked.Task;
    }

    /// <summary>Has the spool's thread do something a second later; forgets it when the end comes before.</summary>
    public void PostLater(ISpoolTask task) =>
        _ = Task.Delay(Tick, _time, _closed).ContinueWith(_ => Post(task), _closed, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Makes it known that events were committed. For the spool's thread only.</summary>
    public void TellAccepted(SpoolFile file, IReadOnlyList<StoredEvent> events)
    {
        Status.Publish(file.Sources);
        if (events.Count > 0)
        {
            _guard.Backlog?.Accepted(events);
        }
    }

    /// <summary>Tells the follower that sources have events again. For the spool's thread only.</summary>
    public void TellRedriven(IEnumerable<SpoolSource> sources)
    {
        foreach (var source in sources)
        {
            _guard.Backlog?.Redriven(source);
        }
    }

    /// <summary>Tells <paramref name="backlog"/> what is in the spool, and what changes from then on.</summary>
    public void Follow(IBacklog backlog) => Post(new Subscription(_guard, backlog));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        new Thread(Run) { Name = "spool", IsBackground = true }.Start();
        _settle = _time.CreateTimer(_ => _queue.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _tick = _time.CreateTimer(_ => _queue.Wake(), null, Tick, Tick);
        return _opened.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is waiting and closes the file.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        _queue.Close();
        if (_started)
        {
            await _ended.Task;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _tick?.Dispose();
        _settle?.Dispose();
        _closing.Cancel();
        _queue.Close();
        _closing.Dispose();
    }

    private void Run()
    {
        try
        {
            _guard.EnsureOpen();
            _opened.SetResult();
        }
        catch (Exception exception)
        {
            // Not the file's fault, for example no SQLite: the process must not start.
            _opened.SetException(exception);
        }

        bool last;
        do
        {
            var turn = _queue.Take();
            last = turn.IsLast;
            Do(turn);
            turn.Clear();
        }
        while (!last);
        _guard.Close();
        _ended.SetResult();
    }

    private void Do(SpoolTurn turn)
    {
        try
        {
            _worker.Do(turn);
        }
        catch (Exception exception)
        {
            // A fault of ours. The file is opened anew, which undoes what was begun.
            ReceiverLog.SpoolFailed(_logger, exception);
            _guard.Close();
            turn.Entries.ForEach(entry => entry.TrySetResult(SpoolOutcome.Unavailable));
            turn.Tasks.ForEach(task => task.Fail());
        }
    }

    private sealed class Subscription(SpoolGuard guard, IBacklog backlog) : ISpoolTask
    {
        public void Run(SpoolFile file) => guard.Follow(backlog);

        // Mostly there is no file and so nothing to tell yet; but it may have been opened just now.
        public void Fail() => guard.Follow(backlog);
    }
}
