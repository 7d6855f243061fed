using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Events go to a RabbitMQ queue, or to an exchange with a routing key: persistent, and taken only when the broker has confirmed that a queue has them.</summary>
[ValidationRule("has(self.queue) != has(self.exchange)", SpecMessages.QueueOrExchange)]
[ValidationRule("!has(self.routingKey) || has(self.exchange)", SpecMessages.RoutingKeyBelongsToExchange)]
[ValidationRule("has(self.username) == has(self.password)", SpecMessages.UsernameNeedsPassword)]
public sealed record RabbitMqSinkSpec
{
    /// <summary>The nodes as host:port, tried in turn.</summary>
    [Required]
    [Items(1, 32)]
    [XListType(ListType.Atomic)]
    [Element(MinLength = 3, MaxLength = 261, Pattern = "^([A-Za-z0-9._-]+|[[][0-9A-Fa-f:.]+[]]):[0-9]{1,5}$")]
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>The virtual host. Without it /.</summary>
    [Length(1, 255)]
    public string? VirtualHost { get; init; }

    /// <summary>The queue. When it is not there, it is declared as a durable quorum queue.</summary>
    [Length(1, 255)]
    public string? Queue { get; init; }

    /// <summary>The exchange, instead of a queue. It must be there, with a binding that takes the events.</summary>
    [Length(1, 255)]
    public string? Exchange { get; init; }

    /// <summary>Routing key at the exchange. Without it an empty one.</summary>
    [Length(1, 255)]
    public string? RoutingKey { get; init; }

    /// <summary>The Secret key that holds the user's name.</summary>
    public SecretKeySelector? Username { get; init; }

    /// <summary>The Secret key that holds the password.</summary>
    public SecretKeySelector? Password { get; init; }

    /// <summary>TLS. Without it the connection is in the clear.</summary>
    public SinkTlsSpec? Tls { get; init; }
}
