using System.Net;
using System.Net.Sockets;
using StackExchange.Redis.Configuration;

namespace MessengerOperator.Receiver.Sinks.Redis;

/// <summary>Lets Redis' client connect to public addresses only, those of nodes that a cluster tells included.</summary>
internal sealed class PublicTunnel : Tunnel
{
    /// <exception cref="SocketException">The name has no public address.</exception>
    public override async ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var (host, port) = endpoint switch
        {
            DnsEndPoint dns => (dns.Host, dns.Port),
            IPEndPoint ip => (ip.Address.ToString(), ip.Port),
            _ => throw new SocketException((int)SocketError.AccessDenied),
        };
        return new IPEndPoint((await PublicConnection.ResolveAsync(host, cancellationToken))[0], port);
    }
}
