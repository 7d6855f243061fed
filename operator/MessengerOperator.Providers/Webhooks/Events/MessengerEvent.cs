namespace MessengerOperator.Providers.Webhooks;

/// <summary>One thing that happened at a messenger, the same for all of them.</summary>
public sealed record MessengerEvent
{
    /// <summary>
    /// The provider's own id of the event, the same whenever the provider repeats it and after any restart; the CloudEvents <c>id</c>.
    /// Unique within the integration.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The account that the body names; null when the provider's bodies name none. Chooses among integrations that share a path.</summary>
    public string? AccountId { get; init; }

    /// <summary>The CloudEvents <c>data</c>, without <see cref="EventData.Account"/>, which the receiver knows.</summary>
    public required EventData Data { get; init; }
}
