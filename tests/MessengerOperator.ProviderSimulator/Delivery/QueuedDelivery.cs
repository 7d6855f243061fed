namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>An event that waits to be delivered, with the state of its retries.</summary>
internal sealed class QueuedDelivery
{
    public required string Id { get; init; }

    public required string Conversation { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its place in the account's <see cref="DeliveryLog"/>.</summary>
    public required int LogPlace { get; init; }

    public int Failures { get; set; }

    /// <summary>The delay before the latest retry, provider time.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Not tried before this moment of real time.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>An attempt is under way.</summary>
    public bool InFlight { get; set; }
}
