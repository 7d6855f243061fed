using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>A route's <c>deadLetterSink</c>.</summary>
public class DeadLetterForwarderTests
{
    [Fact]
    public async Task What_the_sink_refuses_goes_to_the_dead_letters_sink_with_the_reason_and_leaves_the_spool()
    {
        await using var sink = await TestSink.StartAsync();
        await using var deadLetters = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(413);
        await using var receiver = await StartAsync(sink, deadLetters);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update());

        await Eventually.HoldsAsync(() => deadLetters.Taken.Count == 1, "it arrives");
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 0, "the spool has it no more");
        var taken = deadLetters.Taken.Single();
        Assert.Equal(("700000001-810000001", "refused", "413"), (taken.Headers["ce-id"], taken.Headers["ce-deadletterreason"], taken.Headers["ce-deadletterstatus"]));
        Assert.Equal("hello operator", (string?)taken.Data["original"]!["message"]!["text"]);
        await Eventually.HoldsAsync(async () => await receiver.MetricAsync("messenger_receiver_dead_letters_forwarded_total") == 1, "it is counted");
    }

    [Fact]
    public async Task While_the_dead_letters_sink_is_down_they_stay_in_the_spool()
    {
        await using var sink = await TestSink.StartAsync();
        await using var deadLetters = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(413);
        var asked = 0;
        deadLetters.Behaviour = context =>
        {
            Interlocked.Increment(ref asked);
            return TestSink.Answer(503)(context);
        };
        await using var receiver = await StartAsync(sink, deadLetters);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update());
        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) > 0, "it was tried");
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("deadLetters"));

        deadLetters.Behaviour = TestSink.Take;
        await Eventually.HoldsAsync(() => deadLetters.Taken.Count == 1, "it arrives");
    }

    [Fact]
    public async Task What_the_dead_letters_sink_refuses_as_well_stays_in_the_spool_and_holds_up_no_other()
    {
        await using var sink = await TestSink.StartAsync();
        await using var deadLetters = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(413);
        var asked = 0;
        deadLetters.Behaviour = context =>
        {
            var refused = context.Request.Headers["ce-id"] == "700000001-1";
            Interlocked.Add(ref asked, refused ? 1 : 0);
            return refused ? TestSink.Answer(400)(context) : TestSink.Take(context);
        };
        await using var receiver = await StartAsync(sink, deadLetters);

        for (var id = 1; id <= 3; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id));
        }

        await Eventually.HoldsAsync(() => deadLetters.Taken.Count == 2, "the others arrive");
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 1, "one stays");
        var page = JsonNode.Parse(await receiver.Management.GetStringAsync("/dead-letters", TestContext.Current.CancellationToken))!;
        Assert.Equal("700000001-1", (string?)Assert.Single(page["items"]!.AsArray())!["eventId"]);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_wrong_password_or_address_of_the_dead_letters_sink_costs_no_dead_letter_its_turn(int status)
    {
        await using var sink = await TestSink.StartAsync();
        await using var deadLetters = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(413);
        var asked = 0;
        deadLetters.Behaviour = context =>
        {
            Interlocked.Increment(ref asked);
            return TestSink.Answer(status)(context);
        };
        await using var receiver = await StartAsync(sink, deadLetters);
        for (var id = 1; id <= 3; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id));
        }

        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) > 1, "it was tried again");
        deadLetters.Behaviour = TestSink.Take;

        await Eventually.HoldsAsync(() => deadLetters.Taken.Count == 3, "all arrive");
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 0, "none is left");
    }

    private static Task<ReceiverUnderTest> StartAsync(TestSink sink, TestSink deadLetters) => ReceiverUnderTest.StartWithSpoolAsync(sink, prepare: folder =>
    {
        var route = ReceiverUnderTest.Route(sink);
        route["deadLetterSink"] = new JsonObject { ["http"] = new JsonObject { ["url"] = $"http://127.0.0.1:{deadLetters.Port}/dead" } };
        ReceiverUnderTest.WriteConfiguration(folder, route);
    });
}
