using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>What one integration saw since the process started. Safe for concurrent use.</summary>
internal sealed class RouteStatistics
{
    private readonly Lock _lock = new();
    private RouteStatisticsSnapshot _values;

    /// <summary>The values now.</summary>
    public RouteStatisticsSnapshot Read()
    {
        lock (_lock)
        {
            return _values;
        }
    }

    /// <summary>Events were acknowledged.</summary>
    public void Received(DateTimeOffset at, int events)
    {
        lock (_lock)
        {
            _values = _values with { Received = _values.Received + events, LastEventAt = at };
        }
    }

    /// <summary>An event was acknowledged that had been before.</summary>
    public void Repeated()
    {
        lock (_lock)
        {
            _values = _values with { Repeated = _values.Repeated + 1 };
        }
    }

    /// <summary>A genuine check of the URL was answered.</summary>
    public void HandshakeAnswered(DateTimeOffset at)
    {
        lock (_lock)
        {
            _values = _values with { LastHandshakeAt = at };
        }
    }

    /// <summary>A request was refused: not the provider's.</summary>
    public void Refused(DateTimeOffset at)
    {
        lock (_lock)
        {
            _values = _values with { Refused = _values.Refused + 1, LastRefusedAt = at };
        }
    }

    /// <summary>The sink took an event. True when it had failed before.</summary>
    public bool SinkTook(DateTimeOffset at)
    {
        lock (_lock)
        {
            var recovered = _values.FailingSince is not null;
            _values = _values with { LastDeliveredAt = at, FailingSince = null };
            return recovered;
        }
    }

    /// <summary>The sink did not take an event. True when it had taken the one before.</summary>
    public bool SinkFailed(DateTimeOffset at, SinkOutcome outcome)
    {
        lock (_lock)
        {
            var first = _values.FailingSince is null;
            _values = _values with
            {
                SinkFailures = _values.SinkFailures + 1,
                LastSinkFailureAt = at,
                LastSinkFailure = outcome,
                FailingSince = _values.FailingSince ?? at,
            };
            return first;
        }
    }
}
