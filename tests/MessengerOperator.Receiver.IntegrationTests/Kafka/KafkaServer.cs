using System.Text;
using Confluent.Kafka;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>A Kafka cluster, read by Confluent's consumer: librdkafka's mock cluster of three brokers, or the one that the environment names.</summary>
public sealed class KafkaServer : ISinkServer, IDisposable
{
    private const int Partitions = 4;
    private const string NoPassword = "librdkafka's mock cluster knows no passwords; MESSENGER_TEST_KAFKA and MESSENGER_TEST_KAFKA_SASL name a cluster that does";
    private const string NoTls = "librdkafka's mock cluster has no TLS; MESSENGER_TEST_KAFKA and MESSENGER_TEST_KAFKA_CA name a cluster that has";
    private const string NotOurs = "the cluster that MESSENGER_TEST_KAFKA names is not the tests' to stop or to break";

    private readonly GivenKafka? _given = GivenKafka.FromEnvironment();
    private readonly MockCluster? _mock;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Starts the mock cluster unless there is another one.</summary>
    public KafkaServer()
    {
        if (_given is null)
        {
            _mock = new(brokers: 3);
            return;
        }

        if (_given is { User: { } user, Password: { } password })
        {
            (_files["user"], _files["password"], _files["wrong-password"]) = (user, password, $"not-{password}");
        }

        if (_given.CaFile is { } ca)
        {
            using var other = new TestCertificates();
            (_files["ca.pem"], _files["other-ca.pem"]) = (File.ReadAllText(ca), other.AuthorityPem);
        }
    }

    IReadOnlyDictionary<string, string> ISinkServer.Files => _files;

    int ISinkServer.TooLarge => 40_000;

    string? ISinkServer.WhyNotDown => _mock is null ? NotOurs : null;

    private string Bootstrap => _mock?.Bootstrap ?? _given!.Bootstrap;

    public void Dispose() => _mock?.Dispose();

    ReceiverSink ISinkServer.Sink(string place) => SinkAt(place, "password", "ca.pem");

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => _given?.Mechanism is null ? (null, NoPassword) : (SinkAt(place, "wrong-password", "ca.pem"), null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) => _given?.CaFile is null ? (null, NoTls) : (SinkAt(place, "password", caBundleFile), null);

    async Task ISinkServer.PrepareAsync(string place)
    {
        _mock?.Create(place, Partitions);
        if (_given is not null)
        {
            await _given.CreateAsync(place, Partitions);
        }
    }

    Task ISinkServer.DownAsync()
    {
        _mock!.Down();
        return Task.CompletedTask;
    }

    Task ISinkServer.UpAsync()
    {
        _mock!.Up();
        return Task.CompletedTask;
    }

    /// <summary>The next requests to take messages fail that way.</summary>
    internal void FailProduce(params int[] errors)
    {
        Assert.SkipWhen(_mock is null, NotOurs);
        _mock!.FailProduce(errors);
    }

    private ReceiverSink SinkAt(string place, string passwordFile, string caBundleFile) => new()
    {
        Kafka = new()
        {
            BootstrapServers = Bootstrap.Split(','),
            Topic = place,
            MaxMessageBytes = 32_000,
            Sasl = _given?.Mechanism is { } mechanism ? new() { Mechanism = mechanism, UserNameFile = "user", PasswordFile = passwordFile } : null,
            Tls = _given?.CaFile is null ? null : new() { CaBundleFile = caBundleFile },
        },
    };

    // Confluent's consumer blocks its thread.
    Task<IReadOnlyList<TakenEvent>> ISinkServer.TakenAsync(string place) => Task.Run(() => Taken(place));

    private IReadOnlyList<TakenEvent> Taken(string place)
    {
        var settings = new ConsumerConfig { BootstrapServers = Bootstrap, GroupId = place, EnablePartitionEof = true, EnableAutoCommit = false };
        _given?.Configure(settings);
        using var consumer = new ConsumerBuilder<string?, byte[]>(settings).SetKeyDeserializer(Deserializers.Utf8).SetValueDeserializer(Deserializers.ByteArray).Build();
        var partitions = Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(place, partition, Offset.Beginning)).ToList();
        consumer.Assign(partitions);
        var taken = new List<TakenEvent>();
        for (var ended = 0; ended < partitions.Count;)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException("The cluster tells nothing.");
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
