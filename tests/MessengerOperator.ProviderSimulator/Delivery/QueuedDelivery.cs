using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>An event that waits to be delivered, with the state of its retries.</summary>
internal sealed class QueuedDelivery
{
    /// <summary>The account it is for.</summary>
    public required SimulatedAccount Owner { get; init; }

    /// <summary>The event as it was when it was queued; attempts and state are kept in the account's log.</summary>
    public required DeliveryRecord Event { get; init; }

    /// <summary>Its place in the account's <see cref="DeliveryLog"/>.</summary>
    public required int LogPlace { get; init; }

    /// <summary>Sent again by order, out of turn.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Attempts that failed so far.</summary>
    public int Failures { get; set; }

    /// <summary>The delay before the latest retry, provider time.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Not tried before this moment of real time.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Its place among all events of the queue.</summary>
    public long Sequence { get; set; }

    /// <summary>An attempt is under way.</summary>
    public bool InFlight { get; set; }
}
