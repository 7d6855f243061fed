using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>A sink whose address is known.</summary>
/// <param name="Url">Where events are posted; null for a broker.</param>
/// <param name="Http">Headers, token and authorities that go with it; null for the operator's default sink and for a broker.</param>
internal sealed record ResolvedSink(Uri? Url, HttpSinkSpec? Http)
{
    /// <summary>Which sink it is.</summary>
    public SinkPlace Place { get; init; } = SinkPlace.Events;

    /// <summary>The broker and all that goes with it; null for a sink over HTTP.</summary>
    public SinkSpec? Broker { get; init; }

    /// <summary>What the spec says of it; null for the operator's default sink.</summary>
    public SinkSpec? Spec => Broker ?? (Http is null ? null : new SinkSpec { Http = Http });

    /// <summary>Its authorities, base64 coded PEM; null for the usual ones.</summary>
    public string? CaBundle => Http?.CaBundle ?? BrokerSpec.Of(Broker)?.Tls?.CaBundle;

    /// <summary>Whether the receiver may connect to a private address: yes for what the platform set or the cluster's objects tell, no for a spec's free text.</summary>
    public bool MayBePrivate { get; init; }
}
