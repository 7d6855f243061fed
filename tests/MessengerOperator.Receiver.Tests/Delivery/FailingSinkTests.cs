using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>Order, pauses and neighbours while a sink fails.</summary>
public class FailingSinkTests
{
    private readonly StoppedClock _clock = new();

    [Fact]
    public async Task A_conversation_keeps_its_order_while_the_sink_fails_and_recovers_and_nothing_is_lost()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        var dice = new Random(20261124);
        script.Answer(_ =>
        {
            lock (dice)
            {
                return dice.Next(10) switch { 0 => (503, null), 1 => (500, null), 2 => (429, 1), 3 => (408, 2), _ => (202, null) };
            }
        });
        await using var receiver = await _clock.StartAsync(sink, options: options => options.MaxAttempts = 1000);

        await receiver.PostAllAsync(Enumerable.Range(1, 60), id => id % 6);
        await _clock.UntilAsync(() => sink.Taken.Count == 60, "all arrive", stepSeconds: 1);
        await _clock.UntilAsync(async () => await receiver.RouteStatusAsync<long>("backlog") == 0, "the spool is empty");

        Assert.Equal(Enumerable.Range(1, 60), script.Taken.Order());
        Assert.All(script.TakenByConversation().Values, ids => Assert.Equal(ids.Order(), ids));
        Assert.True(script.Asked.Count > 60, "the sink failed now and then");
    }

    [Fact]
    public async Task A_conversation_that_fails_holds_no_other_up_and_goes_on_in_its_order()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => (ask.Conversation == "1" ? 503 : 202, null));
        await using var receiver = await _clock.StartAsync(sink);

        await receiver.PostAllAsync(Enumerable.Range(1, 40), id => id % 4);
        await Eventually.HoldsAsync(() => sink.Taken.Count == 30, "the others arrive");
        Assert.DoesNotContain("1", script.TakenByConversation().Keys);

        script.Answer(202);
        await _clock.UntilAsync(() => sink.Taken.Count == 40, "it goes on");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (4 * i) + 1), script.TakenByConversation()["1"]);
    }

    [Fact]
    public async Task Pauses_between_attempts_grow_to_a_minute()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using var receiver = await _clock.StartAsync(sink);
        await receiver.PostAllAsync([1], _ => 1);
        await Eventually.HoldsAsync(() => script.Asked.Count == 1, "it is tried");

        // Without jitter: 0.5, 1, 2, 4 s and so on.
        foreach (var pause in new[] { 0.5, 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            var before = script.Asked.Count;
            await IsRestingAsync(receiver, before);
            _clock.Time.Advance(TimeSpan.FromSeconds(pause - 0.1));
            await NothingIsAskedAsync(receiver);
            Assert.Equal(before, script.Asked.Count);
            _clock.Time.Advance(TimeSpan.FromSeconds(0.1));
            await Eventually.HoldsAsync(() => script.Asked.Count == before + 1, $"it is tried again after {pause} s");
        }
    }

    [Theory]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(425)]
    public async Task An_event_is_not_tried_again_before_Retry_After_and_other_conversations_are_not_concerned(int status)
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => ask is { Conversation: "1", Attempt: 1 } ? (status, 30) : (202, null));
        await using var receiver = await _clock.StartAsync(sink);

        await receiver.PostAllAsync([1], _ => 1);
        await IsRestingAsync(receiver, 1);
        await receiver.PostAllAsync([2, 3], id => id - 1);
        await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "another conversation's event arrives");
        _clock.Pass(TimeSpan.FromSeconds(29.9));
        await NothingIsAskedAsync(receiver);
        Assert.Equal([3], script.Taken);

        _clock.Pass(TimeSpan.FromSeconds(0.1));
        await _clock.UntilAsync(() => sink.Taken.Count == 3, "it is tried again");
        Assert.Equal([3, 1, 2], script.Taken);
    }

    [Fact]
    public async Task Too_many_requests_with_Retry_After_leaves_the_whole_sink_alone_for_that_long()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => ask.Id == 1 && ask.Attempt == 1 ? (429, 30) : (202, null));
        await using var receiver = await _clock.StartAsync(sink);

        await receiver.PostAllAsync([1], _ => 1);
        await IsRestingAsync(receiver, 1);
        await receiver.PostAllAsync(Enumerable.Range(2, 20), id => id);
        _clock.Pass(TimeSpan.FromSeconds(29.9));
        await NothingIsAskedAsync(receiver);
        Assert.Single(script.Asked);

        _clock.Pass(TimeSpan.FromSeconds(0.2));
        await _clock.UntilAsync(() => sink.Taken.Count == 21, "all arrive");
    }

    /// <summary>Waits until the sink's answer to so many requests has been judged.</summary>
    private static Task IsRestingAsync(ReceiverUnderTest receiver, int failures) => Eventually.HoldsAsync(
        async () => (long?)(await receiver.MetricAsync("messenger_receiver_delivery_retries_total")) >= failures, "the failure is noted");

    /// <summary>Gives the receiver time to do what it must not.</summary>
    private static async Task NothingIsAskedAsync(ReceiverUnderTest receiver)
    {
        for (var i = 0; i < 5; i++)
        {
            await receiver.StatusAsync();
        }
    }
}
