using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Connections that sinks share, also across reloads of the configuration. Not safe for concurrent use but for <see cref="DisposeAsync"/>.</summary>
/// <remarks>
/// A sink asks for its connection by a key of all that the connection depends on, credentials included (as a hash): a changed one makes another connection. What a reading of the
/// configuration does not ask for is closed once deliveries that began before are over.
/// </remarks>
internal sealed class SinkPool(ReceiverOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<string, (object Connection, int Generation)> _connections = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Begins a reading of the configuration.</summary>
    public void BeginGeneration() => _generation++;

    /// <summary>Ends a reading of the configuration; connections that it did not ask for go.</summary>
    public void EndGeneration()
    {
        foreach (var (key, entry) in _connections)
        {
            if (entry.Generation != _generation && _connections.Remove(key) && entry.Connection is IAsyncDisposable closable)
            {
                _ = CloseLaterAsync(closable);
            }
        }
    }

    /// <summary>The connection with that key, opened if need be.</summary>
    /// <typeparam name="T">Its type; keys of different types must differ. It is disposed of in the end if it is <see cref="IAsyncDisposable"/>.</typeparam>
    public T Share<T>(string key, Func<T> open)
        where T : class
    {
        var connection = _connections.TryGetValue(key, out var entry) ? (T)entry.Connection : open();
        _connections[key] = (connection, _generation);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var closable in _connections.Values.Select(entry => entry.Connection).OfType<IAsyncDisposable>().ToList())
        {
            await closable.DisposeAsync();
        }
    }

    // A request that took the old table delivers by it. An event may wait for its turn as long as it may then take (SinkGate); what begins later by the old table is told that there is no connection.
    private async Task CloseLaterAsync(IAsyncDisposable connection)
    {
        await Task.Delay(2 * options.SinkTimeout, time);
        await connection.DisposeAsync();
    }
}
