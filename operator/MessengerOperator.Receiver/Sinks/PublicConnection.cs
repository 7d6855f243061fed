using System.Net;
using System.Net.Sockets;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Connects to public addresses only. Looks at the address that is really used, so a public name with a private record leads nowhere.</summary>
internal static class PublicConnection
{
    /// <summary>What somebody has to know whose sink is at a private address.</summary>
    public const string Problem = "the sink's name leads to a private address, which its configuration does not allow";

    /// <summary>A <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="SocketException">Access denied: the name has no public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var allowed = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The public addresses of a name, which may be an address itself.</summary>
    /// <exception cref="SocketException">Access denied: there is none.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => !PrivateAddresses.Contains(address));
        return allowed.Length > 0 ? allowed : throw new SocketException((int)SocketError.AccessDenied);
    }
}
