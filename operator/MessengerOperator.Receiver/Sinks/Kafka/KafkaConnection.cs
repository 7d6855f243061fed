namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>What all topics in one cluster share: a producer, replaced when it failed for good.</summary>
internal sealed class KafkaConnection(IReadOnlyList<KeyValuePair<string, string>> settings, bool denyPrivateAddresses, SinkGate gate) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private KafkaProducer? _producer;
    private bool _closed;

    /// <summary>Bounds what the cluster works on.</summary>
    public SinkGate Gate => gate;

    /// <summary>The producer. Makes no connection by itself and does not wait.</summary>
    public KafkaProducer Producer()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_producer is { HasFailed: true })
            {
                _producer.Close();
                _producer = null;
            }

            return _producer ??= new(settings, denyPrivateAddresses);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _producer?.Close();
        }

        gate.Dispose();
        return ValueTask.CompletedTask;
    }
}
