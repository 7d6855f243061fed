using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>librdkafka's own Kafka cluster for tests (rdkafka_mock.h): brokers that speak Kafka's protocol on ports of this machine.</summary>
internal sealed partial class MockCluster : IDisposable
{
    private const int Producer = 0;
    private const int All = -1;
    private const short ProduceRequest = 0;
    private readonly nint _client;
    private readonly nint _cluster;

    public MockCluster(int brokers)
    {
        _client = New(Producer, NewConfiguration(), 0, 0);
        _cluster = NewCluster(_client, brokers);
        Bootstrap = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
    }

    /// <summary>The brokers as <c>host:port</c>, with commas between.</summary>
    public string Bootstrap { get; }

    public void Create(string topic, int partitions) => Assert.Equal(0, CreateTopic(_cluster, topic, partitions, 1));

    public void Down() => Assert.Equal(0, SetDown(_cluster, All));

    public void Up() => Assert.Equal(0, SetUp(_cluster, All));

    /// <summary>The next requests to take messages fail that way.</summary>
    public void FailProduce(params int[] errors) => PushErrors(_cluster, ProduceRequest, errors.Length, errors);

    public void Dispose()
    {
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_conf_new")]
    private static partial nint NewConfiguration();

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_new")]
    private static partial nint New(int type, nint configuration, nint error, nint errorSize);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(nint client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint NewCluster(nint client, int brokers);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushErrors(nint cluster, short request, nint count, int[] errors);
}
