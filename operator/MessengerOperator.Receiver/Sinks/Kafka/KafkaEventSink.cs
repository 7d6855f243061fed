using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>Produces CloudEvents to a Kafka topic in binary content mode (Kafka protocol binding 1.0): attributes are <c>ce_</c> headers, the value is the data, the key is the partition key.</summary>
internal sealed class KafkaEventSink : IEventSink
{
    private readonly ReceiverKafkaSink _kafka;
    private readonly KafkaConnection _connection;
    private readonly Func<CloudEvent, CancellationToken, Task<SinkResult>> _send;

    public KafkaEventSink(ReceiverKafkaSink kafka, KafkaConnection connection)
    {
        (_kafka, _connection, _send) = (kafka, connection, SendAsync);
        Destination = $"kafka://{string.Join(',', kafka.BootstrapServers)}/{kafka.Topic}";
    }

    public string Destination { get; }

    public Task<SinkResult> DeliverAsync(CloudEvent cloudEvent) => _connection.Gate.DeliverAsync(cloudEvent, _send);

    private async Task<SinkResult> SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        KafkaProducer producer;
        try
        {
            producer = _connection.Producer();
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            return new(SinkOutcome.Unavailable, Problem: "Kafka's client does not accept the settings; the client key may be encrypted");
        }

        var headers = cloudEvent.Attributes().Select(attribute => KeyValuePair.Create($"ce_{attribute.Key}", attribute.Value)).Append(new("content-type", CloudEvent.DataContentType));
        var error = await producer.ProduceAsync(_kafka.Topic, cloudEvent.PartitionKey, headers, cloudEvent.Data, cancellationToken);
        return KafkaError.Result(error, producer.LastTrouble);
    }
}
