namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>A header line of a request to a webhook.</summary>
/// <param name="Name">The name, in the provider's spelling.</param>
/// <param name="Value">The value.</param>
/// <param name="IsProof">Whether it proves where the request comes from: a secret, a signature, a token.</param>
internal readonly record struct WebhookHeader(string Name, string Value, bool IsProof = false);
