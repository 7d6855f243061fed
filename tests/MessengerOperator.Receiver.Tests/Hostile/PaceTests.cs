using System.Net;
using MessengerOperator.Receiver.Endpoints;
using MessengerOperator.Receiver.Telemetry;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Hostile;

/// <summary>Many wrong requests wait for their answer, so that genuine ones need not.</summary>
public class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Beyond_some_in_a_second_wrong_requests_wait_and_genuine_ones_do_not()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, configure: services => services.AddSingleton(new StrangersPace(_time)));

        var atOnce = await Task.WhenAll(Enumerable.Range(0, StrangersPace.AtOnce).Select(_ => receiver.PostAsync(ReceiverUnderTest.Update(), "wrong")));
        var waiting = Enumerable.Range(0, 20).Select(_ => receiver.PostAsync(ReceiverUnderTest.Update(), "wrong")).ToList();
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
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
    }

    [Fact]
    public void Each_second_has_its_own()
    {
        var pace = new StrangersPace(_time);
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < StrangersPace.AtOnce; i++)
            {
                Assert.True(pace.BeforeAnswerAsync(RequestResult.Refused).IsCompleted);
            }

            Assert.False(pace.BeforeAnswerAsync(RequestResult.Refused).IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void What_providers_send_never_waits()
    {
        var pace = new StrangersPace(_time);
        for (var i = 0; i < 10 * StrangersPace.AtOnce; i++)
        {
            Assert.True(pace.BeforeAnswerAsync(RequestResult.Accepted).IsCompleted);
            Assert.True(pace.BeforeAnswerAsync(RequestResult.Handshake).IsCompleted);
            Assert.True(pace.BeforeAnswerAsync(RequestResult.NotTaken).IsCompleted);
            Assert.True(pace.BeforeAnswerAsync(RequestResult.Malformed).IsCompleted);
        }
    }
}
