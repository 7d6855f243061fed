namespace MessengerOperator.Receiver.Delivery;

/// <summary>Calls when the first of many times has come. Used under the schedule's lock; calls outside of it.</summary>
internal sealed class Alarm(TimeProvider time, Action ring) : IDisposable
{
    // Lanes and lines; what is not due any more by the time that its turn comes is up to the schedule.
    private readonly PriorityQueue<object, DateTimeOffset> _times = new();
    private readonly ITimer _timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Asks for a call at that time.</summary>
    public void Set(object who, DateTimeOffset at)
    {
        _times.Enqueue(who, at);
        if (_times.Peek() == who)
        {
            Arm(at);
        }
    }

    /// <summary>Takes one whose time has come; false when there is none, and then the next time is waited for.</summary>
    public bool TryTake(out object? who)
    {
        if (_times.TryPeek(out who, out var at))
        {
            if (at <= time.GetUtcNow())
            {
                _times.Dequeue();
                return true;
            }

            Arm(at);
        }

        return false;
    }

    public void Dispose() => _timer.Dispose();

    private void Arm(DateTimeOffset at)
    {
        var after = at - time.GetUtcNow();
        _timer.Change(after > TimeSpan.Zero ? after : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
