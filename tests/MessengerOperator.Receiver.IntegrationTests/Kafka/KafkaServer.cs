using System.Text;
using Confluent.Kafka;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>librdkafka's mock cluster of three brokers, read by Confluent's consumer.</summary>
public sealed class KafkaServer : ISinkServer, IDisposable
{
    private const string MockKnowsNone = "librdkafka's mock cluster knows no passwords and no TLS";

    internal MockCluster Cluster { get; } = new(brokers: 3);

    IReadOnlyDictionary<string, string> ISinkServer.Files { get; } = new Dictionary<string, string>();

    int ISinkServer.TooLarge => 40_000;

    public void Dispose() => Cluster.Dispose();

    ReceiverSink ISinkServer.Sink(string place) => new() { Kafka = new() { BootstrapServers = Cluster.Bootstrap.Split(','), Topic = place, MaxMessageBytes = 32_000 } };

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => (null, MockKnowsNone);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) => (null, MockKnowsNone);

    Task ISinkServer.PrepareAsync(string place)
    {
        Cluster.Create(place);
        return Task.CompletedTask;
    }

    Task ISinkServer.DownAsync()
    {
        Cluster.Down();
        return Task.CompletedTask;
    }

    Task ISinkServer.UpAsync()
    {
        Cluster.Up();
        return Task.CompletedTask;
    }

    // Confluent's consumer blocks its thread.
    Task<IReadOnlyList<TakenEvent>> ISinkServer.TakenAsync(string place) => Task.Run(() => Taken(place));

    private IReadOnlyList<TakenEvent> Taken(string place)
    {
        var settings = new ConsumerConfig { BootstrapServers = Cluster.Bootstrap, GroupId = place, EnablePartitionEof = true, EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<string?, byte[]>(settings).SetKeyDeserializer(Deserializers.Utf8).SetValueDeserializer(Deserializers.ByteArray).Build();
        var partitions = Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset(place, partition, Offset.Beginning)).ToList();
        consumer.Assign(partitions);
        var taken = new List<TakenEvent>();
        for (var ended = 0; ended < partitions.Count;)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException("The mock cluster tells nothing.");
            if (message.IsPartitionEOF)
            {
                ended++;
                continue;
            }

            var headers = message.Message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()));
            taken.Add(new(
                headers.Where(header => header.Key.StartsWith("ce_", StringComparison.Ordinal)).ToDictionary(header => header.Key[3..], header => header.Value),
                headers["content-type"],
                Encoding.UTF8.GetString(message.Message.Value),
                message.Message.Key));
        }

        return taken;
    }
}
