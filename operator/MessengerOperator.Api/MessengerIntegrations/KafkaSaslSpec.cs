using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>How a receiver signs in to Kafka.</summary>
public sealed record KafkaSaslSpec
{
    /// <summary>Plain, ScramSha256 or ScramSha512. Plain only over TLS, unless the network is trusted.</summary>
    [JsonConverter(typeof(EnumTextConverter<KafkaSaslMechanism>))]
    [Required]
    public KafkaSaslMechanism Mechanism { get; init; }

    /// <summary>The Secret key that holds the user's name.</summary>
    [Required]
    public SecretKeySelector Username { get; init; } = new();

    /// <summary>The Secret key that holds the password.</summary>
    [Required]
    public SecretKeySelector Password { get; init; } = new();
}
