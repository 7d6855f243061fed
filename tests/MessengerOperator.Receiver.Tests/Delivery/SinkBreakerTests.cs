using MessengerOperator.Receiver.Delivery;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>A sink that fails for everybody is left alone, and asked now and then with one event.</summary>
public class SinkBreakerTests
{
    private readonly StoppedClock _clock = new();

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    public async Task A_sink_that_fails_for_everybody_is_asked_with_one_event_at_a_time_until_it_is_well_again(int status)
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(status);
        await using var receiver = await _clock.StartAsync(sink);

        await receiver.PostAllAsync(Enumerable.Range(1, 50), id => id);
        await LeftAloneAsync(receiver, 1);
        // Those that were on their way when it opened may have been asked as well.
        Assert.InRange(script.Asked.Count, CircuitBreaker.Trips, 49);

        // Without jitter: 1, 2, 4 s and so on.
        foreach (var pause in new[] { 1, 2, 4 })
        {
            var before = script.Asked.Count;
            _clock.Pass(TimeSpan.FromSeconds(pause - 0.1));
            await receiver.StatusAsync();
            Assert.Equal(before, script.Asked.Count);
            await _clock.UntilAsync(() => script.Asked.Count > before, "it is asked");
            await receiver.StatusAsync();
            Assert.Equal(before + 1, script.Asked.Count);
            await Eventually.HoldsAsync(async () => await receiver.MetricAsync("messenger_receiver_sink_attempts_total") >= before + 1, "its answer has come");
        }

        script.Answer(202);
        var putAside = (await receiver.DeadLettersAsync()).Count;
        await _clock.UntilAsync(() => sink.Taken.Count == 50 - putAside, "all arrive");
        await LeftAloneAsync(receiver, 0);
        // That the address or the credentials are wrong shows only when several events have met with it.
        Assert.Equal(status == 503 ? 0 : CircuitBreaker.Trips, putAside);
    }

    [Fact]
    public async Task A_sink_that_is_down_does_not_concern_another()
    {
        await using var down = await TestSink.StartAsync();
        await using var up = await TestSink.StartAsync();
        var script = SinkScript.For(down);
        script.Answer(503);
        await using var receiver = await _clock.StartAsync(down, prepare: folder => ReceiverUnderTest.WriteConfiguration(
            folder, ReceiverUnderTest.Route(down), ReceiverUnderTest.Route(up, "contact-centre/other", "/other")));

        await receiver.PostAllAsync(Enumerable.Range(1, 20), id => id);
        await LeftAloneAsync(receiver, 1);
        for (var id = 101; id <= 120; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id, chat: id), path: "/other");
        }

        await Eventually.HoldsAsync(() => up.Taken.Count == 20, "the other sink has all of its events");
        var routes = (await receiver.StatusAsync())["routes"]!.AsArray();
        Assert.Equal(20, (long)routes.Single(route => (string?)route!["integration"] == "contact-centre/acme-support")!["backlog"]!);
        Assert.Null(routes.Single(route => (string?)route!["integration"] == "contact-centre/other")!["sink"]!["failingSince"]);
    }

    [Fact]
    public async Task A_new_address_for_the_sink_is_tried_at_once()
    {
        await using var wrong = await TestSink.StartAsync();
        await using var right = await TestSink.StartAsync();
        SinkScript.For(wrong).Answer(503, retryAfter: 300);
        await using var receiver = await _clock.StartAsync(wrong);
        await receiver.PostAllAsync(Enumerable.Range(1, 20), id => id % 10);
        await LeftAloneAsync(receiver, 1);

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(right));

        var moved = _clock.Time.GetUtcNow();
        await _clock.UntilAsync(() => right.Taken.Count == 20, "all arrive at the new address");
        Assert.InRange(_clock.Time.GetUtcNow() - moved, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.All(SinkScript.For(right).TakenByConversation().Values, ids => Assert.Equal(ids.Order(), ids));
    }

    [Fact]
    public void One_conversation_that_always_fails_does_not_open_it()
    {
        var (breaker, who, now) = (new CircuitBreaker(), new object(), DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 100; i++)
        {
            breaker.Failed(who, breaker.Begin(), now, retryAfter: null, random: 1);
        }

        Assert.True(breaker.Allows(now));
    }

    [Fact]
    public void What_was_on_its_way_when_it_opened_says_nothing_new()
    {
        var (breaker, now) = (new CircuitBreaker(), DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 64; i++)
        {
            breaker.Failed(new(), asked: false, now, retryAfter: null, random: 1);
        }

        Assert.Equal(now.AddSeconds(1), breaker.OpenUntil);
        Assert.False(breaker.Allows(now.AddSeconds(0.9)));
        Assert.True(breaker.Allows(now.AddSeconds(1)));
    }

    [Fact]
    public void Only_one_asks_while_it_is_open()
    {
        var (breaker, now) = (new CircuitBreaker(), DateTimeOffset.UnixEpoch);
        breaker.Pause(now, TimeSpan.FromSeconds(5));
        now = now.AddSeconds(5);

        Assert.True(breaker.Allows(now));
        Assert.True(breaker.Begin());
        Assert.False(breaker.Allows(now));

        breaker.Succeeded();
        Assert.True(breaker.Allows(now));
        Assert.False(breaker.Begin());
        Assert.True(breaker.Allows(now));
    }

    // The gauge follows once a second.
    private static Task LeftAloneAsync(ReceiverUnderTest receiver, int sinks) => Eventually.HoldsAsync(
        () => receiver.Services.GetRequiredService<DeliveryPump>().Schedule.SinksLeftAlone == sinks, $"{sinks} sinks are left alone");
}
