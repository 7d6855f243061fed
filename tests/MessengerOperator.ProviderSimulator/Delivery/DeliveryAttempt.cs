namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>One try to hand an event to the receiver.</summary>
/// <param name="Time">When it started.</param>
/// <param name="Status">The HTTP status of the answer; null when there was none.</param>
/// <param name="Error">What the provider would record, null after 2xx.</param>
/// <param name="Secret">How the secret header was sent.</param>
/// <param name="DurationMilliseconds">Real time until the answer.</param>
/// <param name="RetryAfterSeconds">The receiver's <c>Retry-After</c>, unclamped; null without one.</param>
public sealed record DeliveryAttempt(
    DateTimeOffset Time,
    int? Status,
    string? Error,
    SecretHeader Secret,
    double DurationMilliseconds,
    long? RetryAfterSeconds)
{
    /// <summary>Whether the receiver took the event, by the provider's measure; 2xx for most.</summary>
    public bool Succeeded { get; init; } = Status is >= 200 and <= 299;

    /// <summary>Why there was no answer.</summary>
    public DeliveryFailure Failure { get; init; }

    /// <summary>The request's number; events that went in one request have the same.</summary>
    public long Request { get; init; }
}
