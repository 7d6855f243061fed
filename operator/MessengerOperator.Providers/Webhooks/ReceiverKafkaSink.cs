namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sink that is a Kafka topic.</summary>
public sealed record ReceiverKafkaSink
{
    /// <summary>Some brokers as <c>host:port</c>; the others are learnt from them.</summary>
    public required IReadOnlyList<string> BootstrapServers { get; init; }

    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Largest message in bytes; null for 1000000. The topic's own limit must be no smaller.</summary>
    public int? MaxMessageBytes { get; init; }

    /// <summary>How we sign in; null for not at all.</summary>
    public ReceiverKafkaSasl? Sasl { get; init; }

    /// <summary>TLS; null for a connection in the clear.</summary>
    public ReceiverTls? Tls { get; init; }

    /// <summary>Whether connections are made to public addresses only; checked when one is made.</summary>
    public bool DenyPrivateAddresses { get; init; }
}
