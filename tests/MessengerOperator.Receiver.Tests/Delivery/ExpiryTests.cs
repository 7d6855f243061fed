using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary><c>--spool-age</c> and <c>--dead-letter-age</c>.</summary>
public class ExpiryTests
{
    private readonly StoppedClock _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    public async Task An_event_that_could_not_be_delivered_in_time_is_put_aside_and_a_younger_one_of_its_conversation_is_delivered(int conversations)
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using var receiver = await _clock.StartAsync(sink, options: options => (options.SpoolAge, options.MaxAttempts) = (TimeSpan.FromHours(1), 1000));

        await receiver.PostAllAsync(Enumerable.Range(1, conversations), id => id);
        _clock.Pass(TimeSpan.FromMinutes(30));
        await receiver.PostAllAsync(Enumerable.Range(101, conversations), id => id - 100);
        _clock.Pass(TimeSpan.FromMinutes(29));
        Assert.Empty(await receiver.DeadLettersAsync());

        _clock.Pass(TimeSpan.FromMinutes(2));
        await _clock.UntilAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == conversations, "the old ones are put aside although the sink takes nothing");
        script.Answer(202);
        await _clock.UntilAsync(() => sink.Taken.Count == conversations, "the younger ones arrive");

        Assert.Equal(Enumerable.Range(101, conversations), script.Taken.Order());
        Assert.Equal(Enumerable.Range(1, conversations).Select(id => (id, "expired")), (await receiver.DeadLettersAsync()).Order());
    }

    [Fact]
    public async Task A_dead_letter_is_removed_after_its_age_and_not_before()
    {
        await using var sink = await TestSink.StartAsync();
        SinkScript.For(sink).Answer(400);
        await using var receiver = await _clock.StartAsync(sink, options: options => options.DeadLetterAge = TimeSpan.FromHours(1));
        await receiver.PostAllAsync([1], _ => 1);
        await _clock.UntilAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 1, "it is put aside");

        _clock.Pass(TimeSpan.FromMinutes(59));
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("deadLetters"));

        _clock.Pass(TimeSpan.FromMinutes(2));
        await _clock.UntilAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 0, "it is gone");
        Assert.Equal(1, await receiver.MetricAsync("messenger_receiver_dead_letters_discarded_total"));
    }
}
