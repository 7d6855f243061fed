using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;
using StackExchange.Redis;

namespace MessengerOperator.Receiver.Sinks.Redis;

/// <summary>
/// Adds CloudEvents to a Redis stream. CloudEvents has no binding for Redis; the fields are those of Kafka's: <c>ce_</c> and the attribute's name, <c>content-type</c>, and <c>data</c>.
/// </summary>
internal sealed class RedisEventSink : IEventSink
{
    private readonly ReceiverRedisSink _redis;
    private readonly RedisConnection _connection;
    private readonly Func<CloudEvent, CancellationToken, Task<SinkResult>> _send;

    public RedisEventSink(ReceiverRedisSink redis, RedisConnection connection)
    {
        (_redis, _connection, _send) = (redis, connection, SendAsync);
        Destination = $"redis://{string.Join(',', redis.Endpoints)}/{redis.Stream}";
    }

    public string Destination { get; }

    public Task<SinkResult> DeliverAsync(CloudEvent cloudEvent) => _connection.Gate.DeliverAsync(cloudEvent, _send);

    private async Task<SinkResult> SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        if (cloudEvent.Data.Length > _redis.MaxEventBytes)
        {
            return new(SinkOutcome.Refused, Problem: SinkProblem.TooLarge);
        }

        try
        {
            var database = await _connection.DatabaseAsync(cancellationToken);
            await database.StreamAddAsync(_redis.Stream, Fields(cloudEvent), maxLength: _redis.MaxLength, useApproximateMaxLength: true, limit: null).WaitAsync(cancellationToken);
            return new(SinkOutcome.Taken);
        }
        catch (Exception exception) when (RedisFailure.Of(exception) is { } result)
        {
            return result;
        }
    }

    private static NameValueEntry[] Fields(CloudEvent cloudEvent) =>
    [
        .. cloudEvent.Attributes().Select(attribute => new NameValueEntry($"ce_{attribute.Key}", attribute.Value)),
        new("content-type", CloudEvent.DataContentType),
        new("data", cloudEvent.Data),
    ];
}
