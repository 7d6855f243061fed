using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>
/// A cluster of somebody's that the tests use instead of librdkafka's mock cluster: <c>MESSENGER_TEST_KAFKA=HOST:PORT,…</c>. <c>MESSENGER_TEST_KAFKA_SASL=MECHANISM:USER:PASSWORD</c> says that this listener
/// wants a password, <c>MESSENGER_TEST_KAFKA_CA=FILE</c> that it speaks TLS with a certificate of that authority. The user must be allowed to make topics named <c>events-…</c>, which stay.
/// </summary>
internal sealed record GivenKafka(string Bootstrap, string? Mechanism, string? User, string? Password, string? CaFile)
{
    private const string Variable = "MESSENGER_TEST_KAFKA";

    /// <summary>The one that the environment names; null without one.</summary>
    public static GivenKafka? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } bootstrap)
        {
            return null;
        }

        var sasl = Environment.GetEnvironmentVariable($"{Variable}_SASL")?.Split(':', 3);
        Assert.True(sasl is null or { Length: 3 }, $"{Variable}_SASL must be MECHANISM:USER:PASSWORD");
        return new(bootstrap, sasl?[0], sasl?[1], sasl?[2], Environment.GetEnvironmentVariable($"{Variable}_CA"));
    }

    /// <summary>How the tests' own clients reach it.</summary>
    public T Configure<T>(T settings)
        where T : ClientConfig
    {
        settings.SecurityProtocol = (Mechanism, CaFile) switch
        {
            (null, null) => SecurityProtocol.Plaintext,
            (null, _) => SecurityProtocol.Ssl,
            (_, null) => SecurityProtocol.SaslPlaintext,
            _ => SecurityProtocol.SaslSsl,
        };
        settings.SslCaLocation = CaFile;
        settings.SaslMechanism = Mechanism switch
        {
            null => null,
            "PLAIN" => SaslMechanism.Plain,
            "SCRAM-SHA-256" => SaslMechanism.ScramSha256,
            _ => SaslMechanism.ScramSha512,
        };
        (settings.SaslUsername, settings.SaslPassword) = (User, Password);
        return settings;
    }

    /// <summary>Makes a topic with as many replicas as the cluster gives by itself.</summary>
    public async Task CreateAsync(string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(Configure(new AdminClientConfig { BootstrapServers = Bootstrap })).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = -1 }]);
    }
}
