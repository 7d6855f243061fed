namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sink that is a Redis stream.</summary>
public sealed record ReceiverRedisSink
{
    /// <summary>The server as <c>host:port</c>, or some nodes of a cluster.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>Key of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>About how many entries the stream may have before Redis drops the oldest; null for no limit.</summary>
    public long? MaxLength { get; init; }

    /// <summary>Largest event in bytes of data; null for as much as the server takes.</summary>
    public int? MaxEventBytes { get; init; }

    /// <summary>File with the user's name; null for Redis' default user.</summary>
    public string? UserNameFile { get; init; }

    /// <summary>File with the password; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>TLS; null for a connection in the clear.</summary>
    public ReceiverTls? Tls { get; init; }

    /// <summary>Whether connections are made to public addresses only; checked when one is made.</summary>
    public bool DenyPrivateAddresses { get; init; }
}
