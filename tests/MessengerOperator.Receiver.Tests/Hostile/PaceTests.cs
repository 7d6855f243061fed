using System.Net;
using MessengerOperator.Receiver.Endpoints;
using MessengerOperator.Receiver.Telemetry;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Hostile;

/// <summary>Many wrong requests wait for their answer, so that genuine ones need not.</summary>
public class PaceTests
{
    private const int MostWaiting = 20;

    private readonly FakeTimeProvider _time = new();

    private static HttpContext Request => new DefaultHttpContext { RequestAborted = TestContext.Current.CancellationToken };

    [Fact]
    public async Task Beyond_some_in_a_second_wrong_requests_wait_and_genuine_ones_do_not()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, configure: services => services.AddSingleton(new StrangersPace(_time, MostWaiting)));

        var atOnce = await Task.WhenAll(Enumerable.Range(0, StrangersPace.AtOnce).Select(_ => receiver.PostAsync(ReceiverUnderTest.Update(), "wrong")));
        var waiting = Enumerable.Range(0, MostWaiting).Select(_ => receiver.PostAsync(ReceiverUnderTest.Update(), "wrong")).ToList();
        var genuine = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.All(atOnce, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, genuine.StatusCode);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);

        // Some may only now begin to wait.
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(StrangersPace.Wait);
                return waiting.All(task => task.IsCompleted);
            },
            "they are answered");
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((HttpStatusCode.Forbidden, null), (answer.StatusCode, answer.Headers.ConnectionClose)));
    }

    [Fact]
    public async Task When_as_many_wait_as_may_the_next_one_is_answered_at_once_and_its_connection_closed()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, configure: services => services.AddSingleton(new StrangersPace(_time, mostWaiting: 0)));

        await Task.WhenAll(Enumerable.Range(0, StrangersPace.AtOnce).Select(_ => receiver.PostAsync(ReceiverUnderTest.Update(), "wrong")));
        var next = await receiver.PostAsync(ReceiverUnderTest.Update(), "wrong");

        Assert.Equal((HttpStatusCode.Forbidden, true), (next.StatusCode, next.Headers.ConnectionClose));
        Assert.Null((await receiver.PostAsync(ReceiverUnderTest.Update())).Headers.ConnectionClose);
    }

    [Fact]
    public async Task Whoever_goes_away_gives_its_place_to_another()
    {
        var pace = new StrangersPace(_time, mostWaiting: 1);
        for (var i = 0; i < StrangersPace.AtOnce; i++)
        {
            Assert.True(await pace.BeforeAnswerAsync(RequestResult.Refused, Request));
        }

        using var aborted = new CancellationTokenSource();
        var first = pace.BeforeAnswerAsync(RequestResult.Refused, new DefaultHttpContext { RequestAborted = aborted.Token });
        Assert.False(await pace.BeforeAnswerAsync(RequestResult.Refused, Request));

        await aborted.CancelAsync();
        Assert.True(await first);
        Assert.False(pace.BeforeAnswerAsync(RequestResult.Refused, Request).IsCompleted);
    }

    [Fact]
    public void Each_second_has_its_own()
    {
        var pace = new StrangersPace(_time, MostWaiting);
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < StrangersPace.AtOnce; i++)
            {
                Assert.True(pace.BeforeAnswerAsync(RequestResult.Refused, Request).IsCompleted);
            }

            Assert.False(pace.BeforeAnswerAsync(RequestResult.Refused, Request).IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void What_providers_send_never_waits()
    {
        var pace = new StrangersPace(_time, mostWaiting: 0);
        for (var i = 0; i < 10 * StrangersPace.AtOnce; i++)
        {
            Assert.All(
                [RequestResult.Accepted, RequestResult.Handshake, RequestResult.NotTaken, RequestResult.Malformed],
                result => Assert.True(pace.BeforeAnswerAsync(result, Request).IsCompleted));
        }
    }
}
