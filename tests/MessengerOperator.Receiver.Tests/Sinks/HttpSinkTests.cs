using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Sinks;

/// <summary>Nothing is acknowledged that the sink has not taken, and delivery goes on by itself when the sink is well again.</summary>
public class HttpSinkTests
{
    [Theory]
    [InlineData(500, "unavailable")]
    [InlineData(503, "unavailable")]
    [InlineData(429, "unavailable")]
    [InlineData(408, "unavailable")]
    [InlineData(400, "refused")]
    [InlineData(404, "refused")]
    [InlineData(410, "refused")]
    [InlineData(301, "refused")]
    public async Task What_the_sink_does_not_take_the_provider_must_send_again(int status, string outcome)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        sink.Behaviour = TestSink.Answer(status, ("Location", "/elsewhere"));

        using var failed = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Contains($"messenger_receiver_sink_attempts_total{{result=\"{outcome}\"}} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
        var status1 = (await receiver.StatusAsync())["routes"]![0]!;
        Assert.Equal(outcome, (string?)status1["sink"]!["lastFailure"]);
        Assert.NotNull(status1["sink"]!["failingSince"]);
        Assert.Equal(0, (int?)status1["received"]);

        sink.Behaviour = TestSink.Take;
        using var repeated = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Single(sink.Taken);
        var status2 = (await receiver.StatusAsync())["routes"]![0]!;
        Assert.Equal(1, (int?)status2["received"]);
        Assert.Null(status2["sink"]!["failingSince"]);
    }

    [Fact]
    public async Task A_sink_that_is_down_is_used_again_once_it_is_up()
    {
        var sink = await TestSink.StartAsync();
        var port = sink.Port;
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        await sink.DisposeAsync();

        using var failed = await receiver.PostAsync(ReceiverUnderTest.Update());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);

        await using var restarted = await TestSink.StartAsync(port);
        using var repeated = await receiver.PostAsync(ReceiverUnderTest.Update());
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Single(restarted.Taken);
    }

    [Fact]
    public async Task A_sink_that_does_not_answer_in_time_has_not_taken_the_event()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.SinkTimeout = TimeSpan.FromMilliseconds(300));
        sink.Behaviour = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
            _ => context.Abort(), TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

        using var failed = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Contains("messenger_receiver_sink_attempts_total{result=\"timed_out\"} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("99999", "300")]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    public async Task The_sinks_retry_after_is_passed_on_within_bounds(string sent, string? passedOn)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        sink.Behaviour = TestSink.Answer(503, ("Retry-After", sent));

        using var failed = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(passedOn, failed.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task More_than_the_sink_may_have_waiting_is_turned_away_at_once()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => (options.SinkConcurrency, options.SinkQueue) = (1, 0));
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        sink.Behaviour = async _ =>
        {
            arrived.TrySetResult();
            await release.Task;
        };

        var first = receiver.PostAsync(ReceiverUnderTest.Update(1));
        await arrived.Task;
        using var second = await receiver.PostAsync(ReceiverUnderTest.Update(2));
        release.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal("1", second.Headers.GetValues("Retry-After").Single());
        using var response = await first;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_hangs_up_does_not_stop_the_delivery()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        sink.Behaviour = async _ =>
        {
            arrived.TrySetResult();
            await release.Task;
        };
        var body = ReceiverUnderTest.Update();
        var head = $"POST {ReceiverUnderTest.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\r\nContent-Length: {body.Length}\r\n\r\n";
        using (var client = await RawHttp.ConnectAsync(receiver.TrafficPort))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body), TestContext.Current.CancellationToken);
            await arrived.Task;
            client.LingerState = new LingerOption(true, 0);
        }

        release.SetResult();

        await Eventually.HoldsAsync(() => !sink.Taken.IsEmpty, "the event arrives");
        await Eventually.HoldsAsync(async () => (int?)(await receiver.StatusAsync())["routes"]![0]!["received"] == 1, "it is counted");
    }

    [Fact]
    public async Task Configured_headers_and_the_bearer_token_are_sent_and_followed()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, prepare: folder =>
        {
            ReceiverUnderTest.WriteKey(folder, "api-key", "key-1");
            ReceiverUnderTest.WriteKey(folder, "bearer", "bearer-1");
            var route = ReceiverUnderTest.Route(sink);
            var http = route["sink"]!["http"]!.AsObject();
            http["headers"] = new JsonObject { ["X-Tenant"] = "acme" };
            http["headerFiles"] = new JsonObject { ["X-Api-Key"] = "api-key" };
            http["bearerTokenFile"] = "bearer";
            ReceiverUnderTest.WriteConfiguration(folder, route);
        });

        using var first = await receiver.PostAsync(ReceiverUnderTest.Update(1));
        var headers = sink.Taken.Last().Headers;
        Assert.Equal("acme", headers["X-Tenant"]);
        Assert.Equal("key-1", headers["X-Api-Key"]);
        Assert.Equal("Bearer bearer-1", headers["Authorization"]);

        ReceiverUnderTest.WriteKey(receiver.Folder, "bearer", "bearer-2");
        await Eventually.HoldsAsync(
            async () =>
            {
                using var next = await receiver.PostAsync(ReceiverUnderTest.Update(2));
                return sink.Taken.Last().Headers["Authorization"] == "Bearer bearer-2";
            },
            "the new token is sent");
    }

    [Fact]
    public async Task A_conversations_events_arrive_in_the_order_in_which_the_provider_sends_them()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(async chat =>
        {
            for (var i = 0; i < 25; i++)
            {
                using var response = await receiver.PostAsync(ReceiverUnderTest.Update((chat * 1000) + i, chat: chat));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }));

        Assert.Equal(100, sink.Taken.Count);
        Assert.All(sink.Taken.GroupBy(taken => taken.Headers["ce-subject"]), conversation =>
            Assert.Equal(conversation.Select(taken => taken.Headers["ce-id"]).Order(StringComparer.Ordinal), conversation.Select(taken => taken.Headers["ce-id"])));
    }
}
