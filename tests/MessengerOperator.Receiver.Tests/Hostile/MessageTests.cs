using System.Globalization;
using System.Text;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Hostile;

/// <summary>Requests that no provider sends: what can be read in two ways is refused, what is only unusual is served.</summary>
public class MessageTests
{
    private static readonly string Body = ReceiverUnderTest.Update();

    public static TheoryData<string, string, string> Ambiguous => new()
    {
        { "two lengths", $"Content-Length: {Body.Length}\nContent-Length: {Body.Length + 1}", Body },
        { "a list of lengths", $"Content-Length: {Body.Length}, {Body.Length}", Body },
        { "a negative length", "Content-Length: -1", Body },
        { "a length beyond all numbers", "Content-Length: 99999999999999999999999", Body },
        { "a coding besides chunked", "Transfer-Encoding: gzip, chunked", Chunked(Body) },
        { "chunked, but not last", "Transfer-Encoding: chunked, identity", Chunked(Body) },
        { "a chunk whose size is no number", "Transfer-Encoding: chunked", $"zz\n{Body}\n0\n\n" },
        { "a chunk with a huge size", "Transfer-Encoding: chunked", $"FFFFFFFFFFFFFFFF\n{Body}\n0\n\n" },
        { "a chunk that is longer than it says", "Transfer-Encoding: chunked", $"5\n{Body}\n0\n\n" },
        { "a header with a space before the colon", $"Content-Length : {Body.Length}", Body },
        { "a header on two lines", $"X-Folded: a\n b\nContent-Length: {Body.Length}", Body },
        { "a header with a zero byte", $"X-Zero: \0\nContent-Length: {Body.Length}", Body },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task A_request_that_could_be_read_in_two_ways_is_refused_and_the_connection_closed(string what, string headers, string body)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        // What comes after it would be a request of its own if the first were read in another way.
        var answer = await receiver.SendRawAsync(Head(headers) + body + Head($"Content-Length: {Body.Length}\nConnection: close") + ReceiverUnderTest.Update(810000002));

        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 501", StringComparison.Ordinal) || answer.Length == 0, $"{what}: {answer}");
        Assert.Equal(1, answer.Length == 0 ? 1 : Count(answer, "HTTP/1.1 "));
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task Length_and_chunks_at_once_are_read_as_chunks_and_nothing_after_them_counts()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var answer = await receiver.SendRawAsync(Head("Content-Length: 3\nTransfer-Encoding: chunked\nConnection: close") + Chunked(Body) + "GET / HTTP/1.1\nHost: x\n\n");

        Assert.Equal(1, Count(answer, "HTTP/1.1 "));
        Assert.InRange(sink.Taken.Count, 0, 1);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_one_after_the_other()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var requests = new StringBuilder();
        for (var id = 1; id <= 20; id++)
        {
            var body = ReceiverUnderTest.Update(810_000_000 + id);
            requests.Append(CultureInfo.InvariantCulture, $"{Head($"Content-Length: {body.Length}{(id == 20 ? "\nConnection: close" : "")}")}{body}");
        }

        var answer = await receiver.SendRawAsync(requests.ToString());

        Assert.Equal(20, Count(answer, "HTTP/1.1 200 OK"));
        Assert.Equal(Enumerable.Range(1, 20).Select(id => $"700000001-{810_000_000 + id}"), sink.Taken.Select(taken => taken.Headers["ce-id"]));
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\n\nSM\n\n")]
    [InlineData("GET / HTTP/0.9\n\n")]
    [InlineData("GET / HTTP/3.0\nHost: x\n\n")]
    [InlineData("GET  /  HTTP/1.1\nHost: x\n\n")]
    [InlineData("GET http://elsewhere.example:99999/ HTTP/1.1\nHost: x\n\n")]
    [InlineData("CONNECT elsewhere.example:443 HTTP/1.1\nHost: elsewhere.example:443\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nConnection: close\n\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\n\n")]
    public async Task What_is_no_request_of_ours_is_refused_and_the_next_connection_served(string sent)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var answer = await receiver.SendRawAsync(sent);

        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
        using var response = await receiver.PostAsync(Body);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_offer_to_speak_HTTP_2_is_not_taken_up_and_the_event_is()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var answer = await receiver.SendRawAsync(Head($"Content-Length: {Body.Length}\nConnection: Upgrade, HTTP2-Settings, close\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__") + Body);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_body_whose_end_never_comes_holds_no_more_memory_than_has_come()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var connections = new List<System.Net.Sockets.TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var client = await RawHttp.ConnectAsync(receiver.TrafficPort);
            connections.Add(client);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head("Content-Length: 1048576").ReplaceLineEndings("\r\n") + "{"), TestContext.Current.CancellationToken);
        }

        using var response = await receiver.PostAsync(Body);

        Assert.True(response.IsSuccessStatusCode);

        // Promised are 200 MiB.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 * 1024 * 1024);
        connections.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Large_bodies_of_strangers_take_a_bounded_memory_together_and_genuine_requests_are_served()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var almost = new byte[(1024 * 1024) - 1];
        almost.AsSpan().Fill((byte)' ');
        var connections = new List<System.Net.Sockets.TcpClient>();
        for (var i = 0; i < 40; i++)
        {
            var client = await RawHttp.ConnectAsync(receiver.TrafficPort);
            connections.Add(client);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head("Content-Length: 1048576").ReplaceLineEndings("\r\n")), TestContext.Current.CancellationToken);
            _ = client.GetStream().WriteAsync(almost, TestContext.Current.CancellationToken).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        await Eventually.HoldsAsync(async () => await receiver.MetricAsync("messenger_receiver_requests_total{provider=\"Telegram\",result=\"no_room\"}") >= 20, "most are turned away");
        using var response = await receiver.PostAsync(Body);
        Assert.True(response.IsSuccessStatusCode);

        connections.ForEach(client => client.Dispose());
        await Eventually.HoldsAsync(
            async () =>
            {
                using var large = await receiver.PostAsync(ReceiverUnderTest.Update(810000002, new string('x', 500_000)));
                return large.IsSuccessStatusCode;
            },
            "their room is given back");
    }

    private static string Head(string headers) =>
        $"POST {ReceiverUnderTest.Path} HTTP/1.1\nHost: x\nContent-Type: application/json\n{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\n{headers}\n\n";

    private static string Chunked(string body) => $"{body.Length:x}\n{body}\n0\n\n";

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
