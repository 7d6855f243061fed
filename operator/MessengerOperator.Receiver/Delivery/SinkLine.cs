namespace MessengerOperator.Receiver.Delivery;

/// <summary>Everything that waits for one sink. Belongs to the schedule.</summary>
internal sealed class SinkLine
{
    /// <summary>Lanes whose first event is in memory, in the order of their turn.</summary>
    public Queue<Lane> Ready { get; } = [];

    /// <summary>Lanes whose events have to be read.</summary>
    public Queue<Lane> Waiting { get; } = [];

    /// <summary>Whether it is left alone.</summary>
    public CircuitBreaker Breaker { get; } = new();

    /// <summary>Deliveries under way.</summary>
    public int InFlight { get; set; }

    /// <summary>Lanes that are being read or have been, and had no turn yet.</summary>
    public int Reloading { get; set; }

    /// <summary>Events that it took.</summary>
    public long Taken { get; set; }

    /// <summary>Whether it stands for no sink: the integration is not served, or lacks something.</summary>
    public bool IsNowhere { get; init; }

    /// <summary>Whether nothing may be delivered now.</summary>
    public bool IsBlocked(DateTimeOffset now) => IsNowhere || !Breaker.Allows(now);
}
