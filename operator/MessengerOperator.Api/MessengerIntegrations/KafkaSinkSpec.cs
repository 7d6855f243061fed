using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Events go to a Kafka topic: CloudEvents in binary mode, keyed by conversation, acknowledged by every replica that is in sync.</summary>
public sealed record KafkaSinkSpec
{
    /// <summary>Some brokers as host:port; the others are learnt from them.</summary>
    [Required]
    [Items(1, 32)]
    [XListType(ListType.Atomic)]
    [Element(MinLength = 3, MaxLength = 261, Pattern = "^([A-Za-z0-9._-]+|[[][0-9A-Fa-f:.]+[]]):[0-9]{1,5}$")]
    public IReadOnlyList<string> BootstrapServers { get; init; } = [];

    /// <summary>The topic.</summary>
    [Required]
    [Length(1, 249)]
    [Pattern("^[a-zA-Z0-9._-]+$")]
    public string Topic { get; init; } = "";

    /// <summary>Largest message in bytes. Without it 1000000. The topic's own limit must be no smaller.</summary>
    [RangeMinimum(1000)]
    [RangeMaximum(1_000_000_000)]
    public int? MaxMessageBytes { get; init; }

    /// <summary>How the receiver signs in. Without it not at all, or by its TLS certificate.</summary>
    public KafkaSaslSpec? Sasl { get; init; }

    /// <summary>TLS. Without it the connection is in the clear.</summary>
    public SinkTlsSpec? Tls { get; init; }
}
