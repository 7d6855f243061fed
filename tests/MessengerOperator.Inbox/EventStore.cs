namespace MessengerOperator.Inbox;

/// <summary>The events in the order of their arrival, and the fault in force.</summary>
internal sealed class EventStore(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<CloudEvent> _events = [];
    private readonly Dictionary<(string Source, string Id), int> _seen = [];
    private TaskCompletionSource _changed = NewSource();
    private InboxFault? _fault;
    private int _rejected;
    private int _failed;

    public CloudEvent Add(CloudEvent arrived)
    {
        CloudEvent stored;
        lock (_gate)
        {
            var key = (arrived["source"], arrived["id"]);
            var repeats = _seen.GetValueOrDefault(key);
            _seen[key] = repeats + 1;
            stored = arrived with { Number = _events.Count + 1, ReceivedAt = clock.GetUtcNow(), Repeats = repeats };
            _events.Add(stored);
        }

        Pulse();
        return stored;
    }

    public void CountRejected()
    {
        lock (_gate)
        {
            _rejected++;
        }

        Pulse();
    }

    public void SetFault(InboxFault? fault)
    {
        lock (_gate)
        {
            _fault = fault;
        }
    }

    /// <summary>The fault this event meets, counted down; null when it is taken.</summary>
    public InboxFault? TakeFault()
    {
        InboxFault? fault;
        lock (_gate)
        {
            fault = _fault;
            _fault = fault switch
            {
                { Times: <= 1 } => null,
                { Times: { } times } => fault with { Times = times - 1 },
                _ => fault,
            };
            _failed += fault?.Status is null ? 0 : 1;
        }

        Pulse();
        return fault;
    }

    public void Clear()
    {
        lock (_gate)
        {
            _events.Clear();
            _seen.Clear();
            _rejected = 0;
            _failed = 0;
        }

        Pulse();
    }

    public InboxReport Report(int after)
    {
        lock (_gate)
        {
            return new InboxReport(_events.Count, _seen.Count, _events.Count(each => each.Repeats > 0), _rejected, _failed, [.. _events.Skip(after)]);
        }
    }

    /// <summary>False when fewer than <paramref name="count"/> events had arrived after <paramref name="timeout"/>.</summary>
    public async Task<bool> WaitForAsync(int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (HasAtLeast(count))
            {
                return true;
            }

            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return HasAtLeast(count);
            }
        }
    }

    private bool HasAtLeast(int count)
    {
        lock (_gate)
        {
            return _events.Count >= count;
        }
    }

    private void Pulse() => Interlocked.Exchange(ref _changed, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
