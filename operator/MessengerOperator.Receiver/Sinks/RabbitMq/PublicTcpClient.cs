using System.Net;
using System.Net.Sockets;
using MessengerOperator.Providers.Webhooks;
using RabbitMQ.Client;

namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>Lets RabbitMQ's client connect to public addresses only.</summary>
internal sealed class PublicTcpClient(AddressFamily family) : ITcpClient
{
    public Socket Client { get; } = new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public bool Connected => Client.Connected;

    public TimeSpan ReceiveTimeout
    {
        get => TimeSpan.FromMilliseconds(Client.ReceiveTimeout);
        set => Client.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    public async Task ConnectAsync(IPAddress host, int port, CancellationToken cancellationToken = default)
    {
        if (PrivateAddresses.Contains(host))
        {
            throw new SocketException((int)SocketError.AccessDenied);
        }

        await Client.ConnectAsync(host, port, cancellationToken);
    }

    public NetworkStream GetStream() => new(Client, ownsSocket: false);

    public void Close() => Client.Dispose();

    public void Dispose() => Client.Dispose();
}
