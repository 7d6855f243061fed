namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>Something a receiver must never do, and did.</summary>
/// <param name="Time">When.</param>
/// <param name="DeliveryId">The delivery it answered.</param>
/// <param name="Description">What it did.</param>
public sealed record Violation(DateTimeOffset Time, string DeliveryId, string Description);
