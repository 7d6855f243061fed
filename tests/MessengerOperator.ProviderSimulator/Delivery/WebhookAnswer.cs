namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>An attempt and the body that came back.</summary>
internal readonly record struct WebhookAnswer(DeliveryAttempt Attempt, string? ContentType, string Body);
