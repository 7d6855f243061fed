using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What became of an account's events.</summary>
public sealed record DeliveryReport
{
    /// <summary>Events made, forged deliveries not counted.</summary>
    public int Total { get; init; }

    /// <summary>Events taken by the receiver at least once.</summary>
    public int Acknowledged { get; init; }

    /// <summary>Events in the queue.</summary>
    public int Pending { get; init; }

    /// <summary>Events given up after their expiry.</summary>
    public int Expired { get; init; }

    /// <summary>All attempts, forged ones included.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that were not answered with 2xx.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Things the receiver must not do.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>The deliveries in the order of their making.</summary>
    public IReadOnlyList<DeliveryRecord> Deliveries { get; init; } = [];

    internal static DeliveryReport Of(IReadOnlyList<DeliveryRecord> records, IReadOnlyList<Violation> violations) => new()
    {
        Total = records.Count(record => record.State != DeliveryState.Forged),
        Acknowledged = records.Count(record => record.State == DeliveryState.Acknowledged),
        Pending = records.Count(record => record.State == DeliveryState.Pending),
        Expired = records.Count(record => record.State == DeliveryState.Expired),
        Attempts = records.Sum(record => record.Attempts.Count),
        FailedAttempts = records.Sum(record => record.Attempts.Count(attempt => !attempt.Succeeded)),
        Violations = violations,
        Deliveries = records,
    };
}
