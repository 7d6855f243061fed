using System.Net;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>With a spool, safe means on the disk.</summary>
public class SpooledIntakeTests
{
    [Fact]
    public async Task An_event_is_acknowledged_while_the_sink_is_down_and_arrives_when_it_is_back()
    {
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(503);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("backlog"));
        sink.Behaviour = TestSink.Take;
        await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "the event arrives");
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("backlog") == 0, "the backlog is gone");
        Assert.Equal("700000001-810000001", sink.Taken.Single().Headers["ce-id"]);
    }

    [Fact]
    public async Task What_was_not_delivered_is_delivered_after_a_restart()
    {
        using var spool = new TemporaryFolder();
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(503);
        var before = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool.Path);
        for (var id = 1; id <= 20; id++)
        {
            using var response = await before.PostAsync(ReceiverUnderTest.Update(id, text: $"message {id}", chat: id % 3));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await before.DisposeAsync();
        sink.Behaviour = TestSink.Take;
        await using var after = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool.Path);

        await Eventually.HoldsAsync(() => sink.Taken.Count == 20, "all arrive");
        Assert.All(sink.Taken.GroupBy(taken => taken.Headers["ce-subject"]), conversation =>
            Assert.Equal(conversation.Select(UpdateId).Order(), conversation.Select(UpdateId)));
    }

    [Fact]
    public async Task Ten_thousand_repeats_of_one_event_are_delivered_once()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink);

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) =>
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        });

        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("backlog") == 0, "the backlog is gone");
        Assert.Single(sink.Taken);
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("received"));
        Assert.Equal(9_999, await receiver.RouteStatusAsync<long>("repeated"));
        Assert.Contains("messenger_receiver_repeats_total{provider=\"Telegram\"} 9999", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_recognised_after_a_restart()
    {
        using var spool = new TemporaryFolder();
        await using var sink = await TestSink.StartAsync();
        var before = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool.Path);
        using (await before.PostAsync(ReceiverUnderTest.Update()))
        {
            await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "it arrives");
        }

        await before.DisposeAsync();
        await using var after = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool.Path);
        using var repeated = await after.PostAsync(ReceiverUnderTest.Update());
        using var next = await after.PostAsync(ReceiverUnderTest.Update(2));

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "the next arrives");
        Assert.Equal(["700000001-810000001", "700000001-2"], sink.Taken.Select(taken => taken.Headers["ce-id"]));
    }

    [Fact]
    public async Task The_event_is_the_same_as_without_a_spool()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink);
        await using var through = await ReceiverUnderTest.StartAsync(sink);

        using var direct = await through.PostAsync(ReceiverUnderTest.Update(text: @"\u041f\u0440 👋"));
        sink.Behaviour = TestSink.Answer(503);
        using var spooled = await receiver.PostAsync(ReceiverUnderTest.Update(text: @"\u041f\u0440 👋"));
        await Eventually.HoldsAsync(async () => (long?)(await receiver.StatusAsync())["routes"]![0]!["sink"]!["failures"] > 0, "it was tried");
        sink.Behaviour = TestSink.Take;
        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "both arrive");

        var events = sink.Taken.ToArray();
        Assert.Equal(events[0].Headers.Where(Attribute), events[1].Headers.Where(Attribute));
        Assert.Equal(events[0].Data.ToJsonString(), events[1].Data.ToJsonString());

        static bool Attribute(KeyValuePair<string, string> header) => header.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase);
    }

    private static int UpdateId(SinkRequest taken) => (int)taken.Data["original"]!["update_id"]!;
}
