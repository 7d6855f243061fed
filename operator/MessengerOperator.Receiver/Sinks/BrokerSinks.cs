using MessengerOperator.Receiver.Sinks.Kafka;
using MessengerOperator.Receiver.Sinks.RabbitMq;
using MessengerOperator.Receiver.Sinks.Redis;

namespace MessengerOperator.Receiver.Sinks;

/// <content>Kinds whose client libraries the lean receiver does without (docs/decisions/0007).</content>
internal static partial class SinksServiceCollectionExtensions
{
    static partial void AddBrokers(IServiceCollection services) => services
        .AddSingleton<ISinkKind, KafkaSinkKind>()
        .AddSingleton<ISinkKind, RabbitMqSinkKind>()
        .AddSingleton<ISinkKind, RedisSinkKind>();
}
