using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>A sink whose address is known.</summary>
/// <param name="Url">Where events are posted.</param>
/// <param name="Http">Headers, token and authorities that go with it; null for the operator's default sink.</param>
internal sealed record ResolvedSink(Uri Url, HttpSinkSpec? Http)
{
    /// <summary>Which sink it is.</summary>
    public SinkPlace Place { get; init; } = SinkPlace.Events;

    /// <summary>Whether the receiver may connect to a private address: yes for what the platform set or the cluster's objects tell, no for a spec's free text.</summary>
    public bool MayBePrivate { get; init; }
}
