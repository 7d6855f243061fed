namespace MessengerOperator.Providers.Accounts;

/// <summary>The registration that we want.</summary>
/// <param name="Url">Where the provider is to deliver; https, no query string.</param>
/// <param name="Token">The webhook token: sent back by the provider with each request, or in its handshake.</param>
public sealed record WebhookTarget(Uri Url, Secret Token);
