using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where events go: exactly one kind of sink.</summary>
[ValidationRule(
    "has(self.http) ? !has(self.kafka) && !has(self.rabbitMq) && !has(self.redis) : has(self.kafka) ? !has(self.rabbitMq) && !has(self.redis) : has(self.rabbitMq) != has(self.redis)",
    SpecMessages.SinkHasOneKind)]
public sealed record SinkSpec
{
    /// <summary>An HTTP endpoint.</summary>
    public HttpSinkSpec? Http { get; init; }

    /// <summary>A Kafka topic.</summary>
    public KafkaSinkSpec? Kafka { get; init; }

    /// <summary>A RabbitMQ queue or exchange.</summary>
    public RabbitMqSinkSpec? RabbitMq { get; init; }

    /// <summary>A Redis stream.</summary>
    public RedisSinkSpec? Redis { get; init; }
}
