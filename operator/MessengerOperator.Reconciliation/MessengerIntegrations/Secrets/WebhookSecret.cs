using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>What the generated Secret <c>NAME-webhook</c> holds.</summary>
/// <param name="Name">The Secret's name.</param>
/// <param name="Token">See <see cref="WebhookSecretKeys.Token"/>.</param>
/// <param name="ProbeKey">See <see cref="WebhookSecretKeys.ProbeKey"/>.</param>
internal sealed record WebhookSecret(string Name, Secret Token, Secret ProbeKey);
