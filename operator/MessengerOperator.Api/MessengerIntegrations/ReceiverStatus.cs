namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The receiver of the integration.</summary>
public sealed record ReceiverStatus
{
    /// <summary>The group whose receiver serves this integration.</summary>
    public string? Group { get; init; }

    /// <summary>Name of the receiver's Service.</summary>
    public string? Service { get; init; }

    /// <summary>Number of receiver pods.</summary>
    public int? Replicas { get; init; }

    /// <summary>Number of receiver pods that are ready.</summary>
    public int? ReadyReplicas { get; init; }
}
