using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>A registered endpoint and the way to it.</summary>
internal sealed record LineRegistration(Uri Url, WebhookConnection Connection, DateTimeOffset SetAt);
