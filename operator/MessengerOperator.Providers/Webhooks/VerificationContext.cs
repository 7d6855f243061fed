namespace MessengerOperator.Providers.Webhooks;

/// <summary>What a request is verified against.</summary>
/// <param name="Keys">The secrets.</param>
/// <param name="Settings">The provider's block of the spec.</param>
/// <param name="Now">Time of arrival, for providers that sign a timestamp.</param>
public readonly record struct VerificationContext(WebhookKeys Keys, ProviderSettings Settings, DateTimeOffset Now);
