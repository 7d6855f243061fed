namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>
/// Delivers the queue of one account: the events of one conversation strictly one after another, conversations side by side
/// up to the target's parallelism. A conversation waits for its first event until that is acknowledged or given up.
/// </summary>
internal sealed class DeliveryPump : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<QueuedDelivery>> _conversations = new(StringComparer.Ordinal);
    private readonly IDeliveryTarget _target;
    private readonly SimulationTime _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _attempts = [];
    private readonly Task _loop;
    private TaskCompletionSource _wake = NewSource();
    private int _inFlight;

    public DeliveryPump(IDeliveryTarget target, SimulationTime time)
    {
        _target = target;
        _time = time;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Events in the queue, tried or not.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _conversations.Values.Sum(queue => queue.Count);
            }
        }
    }

    public void Enqueue(QueuedDelivery delivery)
    {
        lock (_gate)
        {
            delivery.DueAt = _time.Now;
            if (!_conversations.TryGetValue(delivery.Conversation, out var queue))
            {
                _conversations[delivery.Conversation] = queue = new LinkedList<QueuedDelivery>();
            }

            queue.AddLast(delivery);
        }

        Wake();
    }

    /// <summary>Looks at the queue again, because the target or the time scale changed.</summary>
    public void Wake() => Interlocked.Exchange(ref _wake, NewSource()).TrySetResult();

    /// <summary>Takes out and returns the waiting events that match, in the order of their ids' making.</summary>
    public IReadOnlyList<QueuedDelivery> Remove(Func<QueuedDelivery, bool> match)
    {
        lock (_gate)
        {
            var removed = _conversations.Values.SelectMany(queue => queue).Where(match).OrderBy(delivery => delivery.LogPlace).ToList();
            foreach (var delivery in removed)
            {
                Forget(delivery);
            }

            return removed;
        }
    }

    /// <summary>The waiting events, oldest first.</summary>
    public IReadOnlyList<QueuedDelivery> Waiting()
    {
        lock (_gate)
        {
            return [.. _conversations.Values.SelectMany(queue => queue).OrderBy(delivery => delivery.LogPlace)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        Task[] running;
        lock (_gate)
        {
            running = [.. _attempts];
        }

        await Task.WhenAll(running);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var wake = Volatile.Read(ref _wake).Task;
            var idle = StartDueAttempts();
            try
            {
                if (idle == Timeout.InfiniteTimeSpan)
                {
                    await wake.WaitAsync(_stopping.Token);
                }
                else
                {
                    await wake.WaitAsync(idle, _time.Clock, _stopping.Token);
                }
            }
            catch (TimeoutException)
            {
                // An event became due.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Starts what may start and returns how long nothing else can.</summary>
    private TimeSpan StartDueAttempts()
    {
        lock (_gate)
        {
            var now = _time.Now;
            var idle = Timeout.InfiniteTimeSpan;
            var free = _target.Parallelism - _inFlight;
            foreach (var head in _conversations.Values.Select(queue => queue.First!.Value).Where(head => !head.InFlight).OrderBy(head => head.DueAt).ToList())
            {
                if (free <= 0)
                {
                    // An attempt that ends, or a change of the target, wakes the loop.
                    return Timeout.InfiniteTimeSpan;
                }

                if (head.DueAt > now)
                {
                    // Timers are coarse to a millisecond; a little more spares an idle turn.
                    idle = head.DueAt - now + TimeSpan.FromMilliseconds(1);
                    break;
                }

                free--;
                _inFlight++;
                head.InFlight = true;
                var attempt = Task.Run(() => AttemptAsync(head));
                _attempts.Add(attempt);
                _ = attempt.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            return idle;
        }
    }

    private async Task AttemptAsync(QueuedDelivery delivery)
    {
        var verdict = DeliveryVerdict.Retry(TimeSpan.Zero);
        try
        {
            verdict = await _target.AttemptAsync(delivery, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping; the event stays where it is.
        }
        finally
        {
            lock (_gate)
            {
                _inFlight--;
                delivery.InFlight = false;
                delivery.DueAt = _time.Now + _time.Shorten(verdict.RetryIn);
                if (verdict.State != DeliveryState.Pending)
                {
                    Forget(delivery);
                }
            }

            Wake();
        }
    }

    private void Ended(Task attempt)
    {
        lock (_gate)
        {
            _attempts.Remove(attempt);
        }
    }

    /// <summary>The caller holds the gate. An event that was thrown away meanwhile is simply not there.</summary>
    private void Forget(QueuedDelivery delivery)
    {
        if (_conversations.TryGetValue(delivery.Conversation, out var queue) && queue.Remove(delivery) && queue.Count == 0)
        {
            _conversations.Remove(delivery.Conversation);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
