using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>A sink whose address is known.</summary>
/// <param name="Url">Where events are posted.</param>
/// <param name="Http">Headers, token and authorities that go with it; null for the operator's default sink.</param>
internal sealed record ResolvedSink(Uri Url, HttpSinkSpec? Http);
