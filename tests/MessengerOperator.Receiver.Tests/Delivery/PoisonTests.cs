using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>An event that the sink never takes is put aside, and concerns no other.</summary>
public class PoisonTests
{
    private readonly StoppedClock _clock = new();

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_refused_event_holds_up_neither_its_conversation_nor_another(int status)
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => (ask.Id is 5 or 6 or 12 ? status : 202, null));
        await using var receiver = await _clock.StartAsync(sink);

        await receiver.PostAllAsync(Enumerable.Range(1, 30), id => id % 3);
        await Eventually.HoldsAsync(() => sink.Taken.Count == 27, "the others arrive, with the clock standing still");
        await _clock.UntilAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 3, "they are put aside");

        Assert.Equal([(5, "refused"), (6, "refused"), (12, "refused")], (await receiver.DeadLettersAsync()).Order());
        Assert.All(script.TakenByConversation().Values, ids => Assert.Equal(ids.Order(), ids));
        Assert.All(script.Asked, ask => Assert.Equal(1, ask.Attempt));
        Assert.Equal(3, await receiver.MetricAsync("messenger_receiver_dead_lettered_total{reason=\"refused\"}"));
    }

    [Fact]
    public async Task An_event_on_which_the_sink_fails_while_it_takes_others_is_put_aside_after_so_many_attempts()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => (ask.Id == 1 ? 500 : 202, null));
        await using var receiver = await _clock.StartAsync(sink, options: options => options.MaxAttempts = 4);
        await receiver.PostAllAsync([1, 2], _ => 1);

        var next = 100;
        await _clock.UntilAsync(
            async () =>
            {
                // Another conversation's event goes through between the attempts.
                await receiver.PostAllAsync([next++], _ => 2);
                return await receiver.RouteStatusAsync<long>("deadLetters") == 1;
            },
            "it is put aside");
        await _clock.UntilAsync(() => script.Taken.Contains(2), "its conversation goes on");

        Assert.Equal([(1, "exhausted")], await receiver.DeadLettersAsync());
        // The first failure tells nothing yet; then four between which others were taken.
        Assert.InRange(script.Asked.Count(ask => ask.Id == 1), 5, 12);
    }

    [Fact]
    public async Task A_sink_that_fails_for_everybody_exhausts_no_event()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(500);
        await using var receiver = await _clock.StartAsync(sink, options: options => options.MaxAttempts = 2);
        await receiver.PostAllAsync(Enumerable.Range(1, 8), id => id % 4);

        await _clock.UntilAsync(() => script.Asked.Count > 20, "it is asked again and again", stepSeconds: 5);
        Assert.Empty(await receiver.DeadLettersAsync());

        script.Answer(202);
        await _clock.UntilAsync(() => sink.Taken.Count == 8, "all arrive", stepSeconds: 5);
    }
}
