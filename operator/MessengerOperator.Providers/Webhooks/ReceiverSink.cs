namespace MessengerOperator.Providers.Webhooks;

/// <summary>Where a receiver delivers; exactly one of its properties is set.</summary>
public sealed record ReceiverSink
{
    /// <summary>CloudEvents over HTTP.</summary>
    public ReceiverHttpSink? Http { get; init; }

    /// <summary>A Kafka topic.</summary>
    public ReceiverKafkaSink? Kafka { get; init; }

    /// <summary>A RabbitMQ queue or exchange.</summary>
    public ReceiverRabbitMqSink? RabbitMq { get; init; }

    /// <summary>A Redis stream.</summary>
    public ReceiverRedisSink? Redis { get; init; }
}
