using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.TestKit;

/// <summary>A TCP relay to the API server whose connections a test can cut, refuse or freeze, as networks do.</summary>
public sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DnsEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _connections = new();
    private readonly Task _accepting;
    private TaskCompletionSource _flow = Flowing();
    private volatile bool _refusing;

    /// <summary>Relays to the host and port of <paramref name="target"/>.</summary>
    public CuttableProxy(Uri target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = new DnsEndPoint(target.Host, target.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, with the scheme of TLS: <c>configuration.Host = proxy.Address</c>, and the real host as TLS server name.</summary>
    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections accepted so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>Connections that are open now, as the client sees them.</summary>
    public int Open => _connections.Count / 2;

    /// <summary>Cuts every connection; new ones are welcome.</summary>
    public void Cut()
    {
        foreach (var client in _connections.Keys)
        {
            // Null once it was disposed of.
            client.Client?.Close(0);
        }
    }

    /// <summary>Cuts every connection and ends new ones at once, until <see cref="Restore"/>.</summary>
    public void Refuse()
    {
        _refusing = true;
        Cut();
    }

    /// <summary>Keeps connections open but lets nothing through, until <see cref="Restore"/>.</summary>
    public void Freeze() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets everything through again.</summary>
    public void Restore()
    {
        _refusing = false;
        _flow.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Restore();
        Cut();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Accepted++;
                if (_refusing)
                {
                    client.Client.Close(0);
                    client.Dispose();
                    continue;
                }

                _ = RelayAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            _connections[client] = 0;
            _connections[server] = 0;
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                await Task.WhenAny(PumpAsync(client.GetStream(), server.GetStream()), PumpAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // Cut.
            }
            finally
            {
                _connections.TryRemove(client, out _);
                _connections.TryRemove(server, out _);
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is var read and > 0)
            {
                await _flow.Task.WaitAsync(_stop.Token);
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }
}
