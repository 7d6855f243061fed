using System.Collections.Concurrent;
using RabbitMQ.Client;

namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>What all queues and exchanges at one broker share: a connection, and its publishers.</summary>
internal sealed class RabbitMqConnection(ConnectionFactory factory, IReadOnlyList<AmqpTcpEndpoint> endpoints, SinkGate gate, TimeSpan limit, TimeProvider time) : IAsyncDisposable
{
    private readonly SinkLink<IConnection> _link = new(
        cancellationToken => factory.CreateConnectionAsync(endpoints, cancellationToken), connection => connection.IsOpen, limit, time);

    private readonly ConcurrentBag<RabbitMqPublisher> _idle = [];

    /// <summary>Bounds what the broker works on, and with it the number of publishers.</summary>
    public SinkGate Gate => gate;

    /// <summary>A channel for one use.</summary>
    public async Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken) =>
        await (await _link.GetAsync(cancellationToken)).CreateChannelAsync(cancellationToken: cancellationToken);

    /// <summary>A publisher that nobody else has until it is returned.</summary>
    public async Task<RabbitMqPublisher> RentAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var idle))
        {
            if (idle.IsUsable)
            {
                return idle;
            }

            idle.Close();
        }

        return await RabbitMqPublisher.OpenAsync(await _link.GetAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Takes a publisher back.</summary>
    public void Return(RabbitMqPublisher publisher)
    {
        if (publisher.IsUsable)
        {
            _idle.Add(publisher);
        }
        else
        {
            publisher.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        gate.Dispose();
    }
}
