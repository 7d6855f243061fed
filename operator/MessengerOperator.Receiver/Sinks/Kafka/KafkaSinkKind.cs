using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>Kafka topics. Those in one cluster with one user share their producer.</summary>
internal sealed class KafkaSinkKind(SinkPool pool, ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time) : ISinkKind
{
    private const int DefaultMaxMessageBytes = 1_000_000;
    private static readonly string[] Mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

    public string Name => "kafka";

    public bool IsIn(ReceiverSink sink) => sink.Kafka is not null;

    public IEnumerable<string> Check(ReceiverSink sink)
    {
        var kafka = sink.Kafka!;
        if (SinkEndpoints.Problem(kafka.BootstrapServers) is { } problem)
        {
            yield return $".bootstrapServers: {problem}";
        }

        if (string.IsNullOrEmpty(kafka.Topic))
        {
            yield return ".topic: a name is needed";
        }

        if (kafka.MaxMessageBytes is < 1000 or > 1_000_000_000)
        {
            yield return ".maxMessageBytes: must be 1000 to 1000000000";
        }

        if (kafka.Sasl is { } sasl && (!Mechanisms.Contains(sasl.Mechanism) || string.IsNullOrEmpty(sasl.UserNameFile) || string.IsNullOrEmpty(sasl.PasswordFile)))
        {
            yield return $".sasl: a mechanism ({string.Join(", ", Mechanisms)}), userNameFile and passwordFile are needed";
        }

        if (kafka.Tls is { } tls && tls.ClientCertificateFile is null != tls.ClientKeyFile is null)
        {
            yield return ".tls: clientCertificateFile and clientKeyFile belong together";
        }
    }

    public IEnumerable<string> Files(ReceiverSink sink)
    {
        var kafka = sink.Kafka!;
        return new[] { kafka.Sasl?.UserNameFile, kafka.Sasl?.PasswordFile, kafka.Tls?.CaBundleFile, kafka.Tls?.ClientCertificateFile, kafka.Tls?.ClientKeyFile }.OfType<string>();
    }

    public IEventSink? Open(ReceiverSink sink, SinkFiles files)
    {
        var kafka = sink.Kafka!;
        var user = files.Optional(kafka.Sasl?.UserNameFile, "user name");
        var password = files.Optional(kafka.Sasl?.PasswordFile, "password");
        var tls = files.Tls(kafka.Tls);
        if (!Librdkafka.IsThere)
        {
            files.Report("kafka: this image is without Kafka's client library");
        }

        if (files.HasProblems)
        {
            return null;
        }

        var settings = Settings(kafka, user, password, tls);
        var key = SinkKey.Of(Name, [kafka.DenyPrivateAddresses ? "public" : null, .. settings.SelectMany(setting => new[] { setting.Key, setting.Value })]);
        return new KafkaEventSink(kafka, pool.Share(key, () => new KafkaConnection(settings, kafka.DenyPrivateAddresses, new(options, metrics, time))));
    }

    private List<KeyValuePair<string, string>> Settings(ReceiverKafkaSink kafka, string? user, string? password, SinkTls? tls)
    {
        // Its own report, which says more, should come before the gate gives up waiting; it looks once in a second.
        var whole = (long)options.SinkTimeout.TotalMilliseconds;
        var limit = Math.Max(1, Math.Max(whole / 2, whole - 1500));
        var settings = new List<KeyValuePair<string, string>>
        {
            new("bootstrap.servers", string.Join(',', kafka.BootstrapServers)),
            new("client.id", "messenger-receiver"),
            new("enable.idempotence", "true"),
            new("acks", "all"),
            new("partitioner", "murmur2_random"),
            new("linger.ms", "1"),
            new("message.timeout.ms", Text(limit)),
            new("request.timeout.ms", Text(limit)),
            new("topic.metadata.propagation.max.ms", Text(limit / 2)),
            new("message.max.bytes", Text(kafka.MaxMessageBytes ?? DefaultMaxMessageBytes)),
            new("reconnect.backoff.max.ms", "1000"),
            new("socket.nagle.disable", "true"),
            new("security.protocol", (kafka.Sasl, tls) switch { (null, null) => "plaintext", (null, _) => "ssl", (_, null) => "sasl_plaintext", _ => "sasl_ssl" }),
        };
        Add("sasl.mechanisms", kafka.Sasl?.Mechanism);
        Add("sasl.username", user);
        Add("sasl.password", password);
        Add("ssl.ca.pem", tls?.Trust?.Pem);
        Add("ssl.certificate.pem", tls?.Identity?.Pem);
        Add("ssl.key.pem", tls?.Identity?.KeyPem);
        return settings;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                settings.Add(new(name, value));
            }
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
