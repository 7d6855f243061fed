using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>An event that was made.</summary>
/// <param name="Id">The delivery's id; for Telegram the <c>update_id</c>.</param>
/// <param name="ChatId">The conversation.</param>
/// <param name="MessageId">The message; null for events that are none.</param>
/// <param name="State">Pending when queued, Filtered when nobody asked for this kind, Forged when sent at once.</param>
/// <param name="Attempt">The one attempt of a forged or repeated delivery.</param>
public sealed record AcceptedEvent(string Id, string ChatId, string? MessageId, DeliveryState State, DeliveryAttempt? Attempt);
