namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>A request on its way to a webhook.</summary>
/// <param name="Connection">The way.</param>
/// <param name="Request">What is sent, signed.</param>
internal readonly record struct OutgoingRequest(WebhookConnection Connection, WebhookRequest Request);
