namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>
/// Delivers a queue: the events of one conversation strictly one after another, conversations side by side up to the target's
/// parallelism, several events in one request up to the target's batch. A conversation waits for its first event until that is
/// acknowledged or given up.
/// </summary>
internal sealed class DeliveryPump(IDeliveryTarget target, SimulationTime time) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<QueuedDelivery>> _conversations = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _attempts = [];
    private TaskCompletionSource _wake = NewSource();
    private Task? _loop;
    private long _sequence;
    private int _inFlight;
    private int _holds;

    /// <summary>How many matching events are in the queue, tried or not.</summary>
    public int Count(Func<QueuedDelivery, bool> match)
    {
        lock (_gate)
        {
            return _conversations.Values.Sum(queue => queue.Count(match));
        }
    }

    public void Enqueue(QueuedDelivery delivery)
    {
        lock (_gate)
        {
            delivery.DueAt = time.Now;
            delivery.Sequence = ++_sequence;
            if (!_conversations.TryGetValue(delivery.Event.Conversation, out var queue))
            {
                _conversations[delivery.Event.Conversation] = queue = new LinkedList<QueuedDelivery>();
            }

            queue.AddLast(delivery);
            _loop ??= Task.Run(RunAsync);
        }

        Wake();
    }

    /// <summary>Starts no attempts until what is returned is disposed of.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _holds++;
        }

        return new DeliveryHold(Release);
    }

    /// <summary>Looks at the queue again, because the target or the time scale changed.</summary>
    public void Wake() => Interlocked.Exchange(ref _wake, NewSource()).TrySetResult();

    /// <summary>Takes out and returns the waiting events that match, in the order of their queueing.</summary>
    public IReadOnlyList<QueuedDelivery> Remove(Func<QueuedDelivery, bool> match)
    {
        lock (_gate)
        {
            var removed = _conversations.Values.SelectMany(queue => queue).Where(match).OrderBy(delivery => delivery.Sequence).ToList();
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
            return [.. _conversations.Values.SelectMany(queue => queue).OrderBy(delivery => delivery.Sequence)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await (_loop ?? Task.CompletedTask);
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
                    await wake.WaitAsync(idle, time.Clock, _stopping.Token);
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
            var now = time.Now;
            var ready = Ready();
            for (var free = _holds > 0 ? 0 : target.Parallelism - _inFlight; free > 0; free--)
            {
                var batch = NextBatch(ready, now);
                if (batch.Count == 0)
                {
                    // Timers are coarse to a millisecond; a little more spares an idle turn.
                    return ready.Count == 0 ? Timeout.InfiniteTimeSpan : ready[0].DueAt - now + TimeSpan.FromMilliseconds(1);
                }

                Start(batch);
            }

            // An attempt that ends, or a change of the target, wakes the loop.
            return Timeout.InfiniteTimeSpan;
        }
    }

    /// <summary>The first event of each conversation without an attempt under way, the one due first at the front.</summary>
    private List<QueuedDelivery> Ready() =>
        [.. _conversations.Values.Select(queue => queue.First!.Value).Where(head => !head.InFlight).OrderBy(head => head.DueAt).ThenBy(head => head.Sequence)];

    /// <summary>The oldest events that are due, as many as go in one request; their conversations leave <paramref name="ready"/>.</summary>
    private List<QueuedDelivery> NextBatch(List<QueuedDelivery> ready, DateTimeOffset now)
    {
        var due = ready.TakeWhile(head => head.DueAt <= now);
        List<QueuedDelivery> batch = target.MaxBatch == 1
            ? [.. due.Take(1)]
            : [.. due.SelectMany(head => DueAfter(head, now)).OrderBy(delivery => delivery.Sequence).Take(target.MaxBatch)];
        ready.RemoveAll(batch.Contains);
        return batch;
    }

    /// <summary>The head of a conversation and what can go in the same request.</summary>
    private IEnumerable<QueuedDelivery> DueAfter(QueuedDelivery head, DateTimeOffset now) =>
        _conversations[head.Event.Conversation].TakeWhile(delivery => delivery.DueAt <= now).Take(target.MaxBatch);

    private void Start(List<QueuedDelivery> batch)
    {
        _inFlight++;
        batch.ForEach(delivery => delivery.InFlight = true);
        var attempt = Task.Run(() => AttemptAsync(batch));
        _attempts.Add(attempt);
        _ = attempt.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AttemptAsync(List<QueuedDelivery> batch)
    {
        IReadOnlyList<DeliveryVerdict>? verdicts = null;
        try
        {
            verdicts = await target.AttemptAsync(batch, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping; the events stay where they are.
        }
        finally
        {
            lock (_gate)
            {
                _inFlight--;
                for (var index = 0; index < batch.Count; index++)
                {
                    Settle(batch[index], verdicts?[index] ?? DeliveryVerdict.Retry(TimeSpan.Zero));
                }
            }

            Wake();
        }
    }

    /// <summary>The caller holds the gate.</summary>
    private void Settle(QueuedDelivery delivery, DeliveryVerdict verdict)
    {
        delivery.InFlight = false;
        delivery.DueAt = time.Now + time.Shorten(verdict.RetryIn);
        if (verdict.State != DeliveryState.Pending)
        {
            Forget(delivery);
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _holds--;
        }

        Wake();
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
        if (_conversations.TryGetValue(delivery.Event.Conversation, out var queue) && queue.Remove(delivery) && queue.Count == 0)
        {
            _conversations.Remove(delivery.Event.Conversation);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
