namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sink that is a RabbitMQ queue, or an exchange and a routing key.</summary>
public sealed record ReceiverRabbitMqSink
{
    /// <summary>The nodes as <c>host:port</c>, tried in turn.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>The virtual host; null for <c>/</c>.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>The queue; null when <see cref="Exchange"/> is set.</summary>
    public string? Queue { get; init; }

    /// <summary>Whether the queue, a quorum queue, is declared when it is not there; otherwise it must be.</summary>
    public bool DeclareQueue { get; init; }

    /// <summary>The exchange, which must exist; null when <see cref="Queue"/> is set.</summary>
    public string? Exchange { get; init; }

    /// <summary>Routing key at the exchange; null for an empty one.</summary>
    public string? RoutingKey { get; init; }

    /// <summary>File with the user's name; null for <c>guest</c>.</summary>
    public string? UserNameFile { get; init; }

    /// <summary>File with the password; null for <c>guest</c>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>TLS; null for a connection in the clear.</summary>
    public ReceiverTls? Tls { get; init; }

    /// <summary>Whether connections are made to public addresses only; checked when one is made.</summary>
    public bool DenyPrivateAddresses { get; init; }
}
