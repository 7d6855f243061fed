namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>An attempt and what came back.</summary>
/// <param name="Attempt">How it went.</param>
/// <param name="ContentType">The answer's media type without parameters; null without one.</param>
/// <param name="Body">The answer's body as UTF-8, at most 64 KiB of it; empty without an answer.</param>
/// <param name="Headers">The answer's headers by name, whatever their case; several values are joined by commas.</param>
internal sealed record WebhookAnswer(DeliveryAttempt Attempt, string? ContentType, string Body, IReadOnlyDictionary<string, string> Headers);
