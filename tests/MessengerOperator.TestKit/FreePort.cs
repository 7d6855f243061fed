using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.TestKit;

/// <summary>Ports for servers that a test starts as processes.</summary>
public static class FreePort
{
    private const int First = 15_000;

    // Where Linux begins with those that it gives to outgoing connections and to listeners that ask for any.
    private const int Ephemeral = 32_768;

    /// <summary>A port of loopback that nobody has, and that the system gives to nobody while its server is not up.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Ephemeral);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; another one then.
            }
        }
    }
}
