using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>What the kinds of brokers have in common.</summary>
/// <param name="Kind">Name of the block.</param>
/// <param name="Endpoints">Addresses as <c>host:port</c>.</param>
/// <param name="Username">The user's name; null for none.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Tls">TLS; null for none.</param>
internal sealed record BrokerSpec(string Kind, IReadOnlyList<string> Endpoints, SecretKeySelector? Username, SecretKeySelector? Password, SinkTlsSpec? Tls)
{
    /// <summary>The broker of a sink; null when it is of another kind.</summary>
    public static BrokerSpec? Of(SinkSpec? sink) => sink switch
    {
        { Kafka: { } kafka } => new("kafka", kafka.BootstrapServers, kafka.Sasl?.Username, kafka.Sasl?.Password, kafka.Tls),
        { RabbitMq: { } rabbit } => new("rabbitMq", rabbit.Endpoints, rabbit.Username, rabbit.Password, rabbit.Tls),
        { Redis: { } redis } => new("redis", redis.Endpoints, redis.Username, redis.Password, redis.Tls),
        _ => null,
    };
}
