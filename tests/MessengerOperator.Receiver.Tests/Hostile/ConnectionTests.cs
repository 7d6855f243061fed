using System.Net;
using System.Net.Sockets;
using System.Text;
using MessengerOperator.Receiver.Endpoints;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Hostile;

/// <summary>Strangers with many connections and much time.</summary>
public class ConnectionTests
{
    private const int Limit = 200;

    [Fact]
    public async Task Ten_thousand_idle_connections_keep_neither_events_nor_health_checks_out()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.MaxConnections = Limit);
        using var strangers = new Strangers(receiver.TrafficPort);
        for (var thousand = 1; thousand <= 10; thousand++)
        {
            await strangers.ConnectAsync(1_000);

            // On a connection of its own, as a provider that has not been here yet.
            Assert.Contains("200 OK", await PostAsync(receiver, thousand), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);
            Assert.InRange(receiver.Services.GetRequiredService<TrafficConnections>().Count, 1, Limit);
        }

        Assert.Equal(10, sink.Taken.Count);
        Assert.Contains("messenger_receiver_connections_closed_total", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_a_provider_uses_outlives_those_that_nobody_uses()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.MaxConnections = Limit);
        using var provider = await RawHttp.ConnectAsync(receiver.TrafficPort);
        await using var stream = provider.GetStream();
        await AskAsync(stream, Request(1));
        using var strangers = new Strangers(receiver.TrafficPort);

        await strangers.ConnectAsync(3 * Limit);

        await AskAsync(stream, Request(2));
        Assert.Equal(2, sink.Taken.Count);
    }

    [Fact]
    public async Task A_connection_whose_event_is_under_way_is_not_closed_for_another()
    {
        var isAsked = new TaskCompletionSource();
        var mayTake = new TaskCompletionSource();
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = async context =>
        {
            isAsked.SetResult();
            await mayTake.Task;
            context.Response.StatusCode = 202;
        };
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.MaxConnections = 1);
        var posting = PostAsync(receiver, 1);
        await isAsked.Task;

        Assert.Empty(await SaysNothingAsync(receiver.TrafficPort));

        mayTake.SetResult();
        Assert.Contains("200 OK", await posting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_come_byte_by_byte_are_given_up_and_genuine_events_taken_meanwhile()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.HeaderTimeout = TimeSpan.FromSeconds(1));
        var slow = Enumerable.Range(0, 50).Select(_ => SendSlowlyAsync(receiver.TrafficPort)).ToList();

        Assert.Contains("200 OK", await PostAsync(receiver, 1), StringComparison.Ordinal);

        Assert.All(await Task.WhenAll(slow), answer => Assert.DoesNotContain("200 OK", answer, StringComparison.Ordinal));
        Assert.Single(sink.Taken);
    }

    /// <summary>Connects and waits for the end; what came.</summary>
    private static async Task<string> SaysNothingAsync(int port)
    {
        try
        {
            using var client = await RawHttp.ConnectAsync(port);
            return await RawHttp.ReadAsync(client.GetStream());
        }
        catch (SocketException)
        {
            return ""; // reset before it was told that it was connected
        }
    }

    /// <summary>Goes on sending headers for as long as it is listened to; the answer.</summary>
    private static async Task<string> SendSlowlyAsync(int port)
    {
        using var client = await RawHttp.ConnectAsync(port);
        await using var stream = client.GetStream();
        var answer = RawHttp.ReadAsync(stream);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {ReceiverUnderTest.Path} HTTP/1.1\r\nHost: x\r\nX-Slow: "), TestContext.Current.CancellationToken);
            while (!answer.IsCompleted)
            {
                await stream.WriteAsync("a"u8.ToArray(), TestContext.Current.CancellationToken);
                await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
            }
        }
        catch (IOException)
        {
            // Closed while it was being written to.
        }

        return await answer;
    }

    private static Task<string> PostAsync(ReceiverUnderTest receiver, int id) => receiver.SendRawAsync(Request(id).Replace("Host: x", "Host: x\nConnection: close", StringComparison.Ordinal));

    private static string Request(int id)
    {
        var body = ReceiverUnderTest.Update(810_000_000 + id);
        return $"POST {ReceiverUnderTest.Path} HTTP/1.1\nHost: x\nContent-Type: application/json\n{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\n\n{body}";
    }

    private static async Task AskAsync(NetworkStream stream, string request)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ReplaceLineEndings("\r\n")), TestContext.Current.CancellationToken);
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    /// <summary>Connections that say nothing.</summary>
    private sealed class Strangers(int port) : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public async Task ConnectAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            }
        }

        public void Dispose()
        {
            foreach (var socket in _sockets)
            {
                socket.Dispose();
            }
        }
    }
}
