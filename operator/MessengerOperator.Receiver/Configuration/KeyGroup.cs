using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Integrations of one path whose verification secrets are the same.</summary>
internal sealed record KeyGroup(WebhookKeys Keys, IReadOnlyList<ServedRoute> Routes);
