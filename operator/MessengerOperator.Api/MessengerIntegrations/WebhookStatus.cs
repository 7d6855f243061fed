namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The webhook as it is at the provider.</summary>
public sealed record WebhookStatus
{
    /// <summary>The full URL that the provider delivers to; a token in it is masked.</summary>
    public string? Url { get; init; }

    /// <summary>The Secret key that holds the webhook's token.</summary>
    public SecretKeySelector? TokenSecretRef { get; init; }

    /// <summary>Deliveries that wait at the provider, where it says so.</summary>
    public long? PendingDeliveries { get; init; }

    /// <summary>The latest delivery trouble that the provider reports.</summary>
    public DeliveryErrorStatus? LastError { get; init; }
}
