using MessengerOperator.Receiver.Lifecycle;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Calls when the first of many times has come. Used under the schedule's lock; calls outside of it.</summary>
internal sealed class Alarm(SteadyClock clock, TimeProvider time, Action ring) : IDisposable
{
    // Lanes and lines; what is not due any more by the time that its turn comes is up to the schedule.
    private readonly PriorityQueue<object, DateTimeOffset> _times = new();
    private readonly ITimer _timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Asks for a call at that time.</summary>
    public void Set(object who, DateTimeOffset at)
    {
        _times.Enqueue(who, at);

        // Who has an earlier time already keeps it as well.
        if (_times.TryPeek(out var first, out var earliest) && first == who)
        {
            Arm(earliest);
        }
    }

    /// <summary>Takes one whose time has come; false when there is none, and then the next time is waited for.</summary>
    /// <param name="now">The time that the caller goes by: with a later one it would be handed what it takes for not due, and forget it.</param>
    /// <param name="who">Who.</param>
    public bool TryTake(DateTimeOffset now, out object? who)
    {
        if (_times.TryPeek(out who, out var at))
        {
            if (at <= now)
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
        // Timers count whole milliseconds and leave the rest away, which would be too early.
        var after = Math.Ceiling((at - clock.Now).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, after)), Timeout.InfiniteTimeSpan);
    }
}
