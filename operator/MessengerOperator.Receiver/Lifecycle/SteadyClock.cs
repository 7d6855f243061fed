namespace MessengerOperator.Receiver.Lifecycle;

/// <summary>Times for pauses: goes on evenly when somebody sets the machine's clock. Never to be compared with what was noted before this process began.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>The time, as it would be had nobody set the clock since this was made.</summary>
    public DateTimeOffset Now => _start + time.GetElapsedTime(_startedAt);
}
