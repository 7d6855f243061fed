using StackExchange.Redis;

namespace MessengerOperator.Receiver.Sinks.Redis;

/// <summary>What all streams at one server share.</summary>
internal sealed class RedisConnection(ConfigurationOptions settings, SinkGate gate, TimeSpan limit, TimeProvider time) : IAsyncDisposable
{
    // Made anew as a whole when it is lost: that asks for the name again, and tells why it fails.
    private readonly SinkLink<ConnectionMultiplexer> _link = new(
        cancellationToken => ConnectAsync(settings, cancellationToken), multiplexer => multiplexer.IsConnected, limit, time);

    /// <summary>Bounds what the server works on.</summary>
    public SinkGate Gate => gate;

    /// <summary>Its database.</summary>
    public async Task<IDatabase> DatabaseAsync(CancellationToken cancellationToken) => (await _link.GetAsync(cancellationToken)).GetDatabase();

    private static async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions settings, CancellationToken cancellationToken)
    {
        if (settings.Tunnel is PublicTunnel)
        {
            // The client would try until its time is over.
            foreach (var endpoint in settings.EndPoints.OfType<System.Net.DnsEndPoint>())
            {
                await PublicConnection.ResolveAsync(endpoint.Host, cancellationToken);
            }
        }

        var connecting = ConnectionMultiplexer.ConnectAsync(settings);
        try
        {
            return await connecting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = CloseLateAsync(connecting);
            throw;
        }
    }

    // Comes when nobody waits for it any more.
    private static async Task CloseLateAsync(Task<ConnectionMultiplexer> connecting)
    {
        try
        {
            await (await connecting).DisposeAsync();
        }
        catch (RedisException)
        {
            // It does not come.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        gate.Dispose();
    }
}
