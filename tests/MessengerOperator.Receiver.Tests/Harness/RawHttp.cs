using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>HTTP by hand, for what no client library sends.</summary>
internal static class RawHttp
{
    /// <summary>Sends a head (lines joined by <c>\n</c>) and a body, then reads until the server closes. The head should ask for that.</summary>
    public static async Task<string> SendAsync(int port, string head, byte[] body)
    {
        using var client = await ConnectAsync(port);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n")), TestContext.Current.CancellationToken);
            await stream.WriteAsync(body, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Refused before everything was sent; the answer is what counts.
        }

        return await ReadAsync(stream);
    }

    public static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return client;
    }

    public static async Task<string> ReadAsync(NetworkStream stream)
    {
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // A reset after the answer is as good as an end.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
