using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Events go to a Redis stream. What it keeps is up to Redis: without appendfsync always, a crash of Redis loses what it had confirmed last.</summary>
[ValidationRule("!has(self.username) || has(self.password)", SpecMessages.UsernameNeedsPassword)]
public sealed record RedisSinkSpec
{
    /// <summary>The server as host:port, or some nodes of a cluster.</summary>
    [Required]
    [Items(1, 32)]
    [XListType(ListType.Atomic)]
    [Element(MinLength = 3, MaxLength = 261, Pattern = "^([A-Za-z0-9._-]+|[[][0-9A-Fa-f:.]+[]]):[0-9]{1,5}$")]
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Key of the stream.</summary>
    [Required]
    [Length(1, 512)]
    public string Stream { get; init; } = "";

    /// <summary>About how many entries the stream may have before Redis drops the oldest, read or not. Without it there is no limit.</summary>
    [RangeMinimum(1)]
    public long? MaxLength { get; init; }

    /// <summary>Largest event in bytes of data; a larger one is refused for good. Without it as much as the server takes.</summary>
    [RangeMinimum(1)]
    public int? MaxEventBytes { get; init; }

    /// <summary>The Secret key that holds the user's name. Without it Redis' default user.</summary>
    public SecretKeySelector? Username { get; init; }

    /// <summary>The Secret key that holds the password.</summary>
    public SecretKeySelector? Password { get; init; }

    /// <summary>TLS. Without it the connection is in the clear.</summary>
    public SinkTlsSpec? Tls { get; init; }
}
