namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The latest delivery trouble that the provider reports.</summary>
public sealed record DeliveryErrorStatus
{
    /// <summary>What went wrong, as one word.</summary>
    public string? Reason { get; init; }

    /// <summary>When it went wrong, to the second.</summary>
    public DateTime? Time { get; init; }
}
