namespace MessengerOperator.Receiver.Delivery;

/// <summary>Leaves a sink alone that fails for everybody, and asks now and then, with one event, whether it is well again. Not safe for concurrent use.</summary>
/// <remarks>
/// It opens when events of <see cref="Trips"/> conversations in a row have failed: one conversation that always fails does not stop
/// the others. What fails while it is open, other than the one that asks, was on its way before and says nothing new.
/// </remarks>
internal sealed class CircuitBreaker
{
    /// <summary>So many failures of different conversations in a row, and it opens.</summary>
    public const int Trips = 5;

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly HashSet<object> _failing = [];
    private int _openings;
    private bool _asking;

    /// <summary>Until when the sink is left alone; null when the breaker is closed.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    /// <summary>Whether the sink's failures are known to be its own and not the events'.</summary>
    public bool IsTripped => OpenUntil is not null;

    /// <summary>Whether a delivery may begin. When the breaker is open and its pause is over, one may.</summary>
    public bool Allows(DateTimeOffset now) => OpenUntil is not { } until || (!_asking && now >= until);

    /// <summary>A delivery begins; true when it is the one that asks whether the sink is well again.</summary>
    public bool Begin() => _asking = IsTripped;

    /// <summary>The sink answered as a sink that works does.</summary>
    public void Succeeded()
    {
        _failing.Clear();
        _openings = 0;
        _asking = false;
        OpenUntil = null;
    }

    /// <summary>The one that asked came back, and its event does not count any more: a sink that took it is well, otherwise another one may ask.</summary>
    public void Answered(bool taken)
    {
        _asking = false;
        if (taken)
        {
            Succeeded();
        }
    }

    /// <summary>A delivery failed.</summary>
    /// <param name="who">Whose delivery: what fails twice counts once.</param>
    /// <param name="asked">What <see cref="Begin"/> said when it began.</param>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">What the sink asked for; null when it did not.</param>
    /// <param name="random">From 0 to 1.</param>
    public void Failed(object who, bool asked, DateTimeOffset now, TimeSpan? retryAfter, double random)
    {
        if ((asked && IsTripped) || (!IsTripped && _failing.Add(who) && _failing.Count >= Trips))
        {
            Open(now, retryAfter, random);
        }
    }

    /// <summary>Leaves the sink alone because it asked for that.</summary>
    public void Pause(DateTimeOffset now, TimeSpan retryAfter)
    {
        _asking = false;
        OpenUntil = now + retryAfter;
    }

    /// <summary>Something changed that may have mended it: the pause ends.</summary>
    public void EndPause(DateTimeOffset now)
    {
        if (IsTripped)
        {
            OpenUntil = now;
        }
    }

    private void Open(DateTimeOffset now, TimeSpan? retryAfter, double random)
    {
        _asking = false;
        var pause = Pauses.After(++_openings, random);
        OpenUntil = now + (retryAfter > pause ? retryAfter.Value : pause);
        _failing.Clear();
    }
}
