namespace MessengerOperator.Providers.Accounts;

/// <summary>The provider's own view of its deliveries to us.</summary>
/// <param name="Pending">Events that wait at the provider; null when it does not tell.</param>
/// <param name="LastErrorAt">When a delivery last failed; null when none has, or since the last registration.</param>
/// <param name="LastError">The kind of the last failure.</param>
/// <param name="Detail">The provider's text, sanitised; for an Event and the log, never for status.</param>
public sealed record DeliveryReport(long? Pending, DateTimeOffset? LastErrorAt, DeliveryError LastError, string? Detail);
