using MessengerOperator.Receiver.Delivery;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>A sink that is left alone is asked again, whatever becomes of the one that asked.</summary>
public class CircuitBreakerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now + TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_event_that_asked_does_not_count_any_more_another_may_ask_or_all_may_go(bool taken)
    {
        var breaker = new CircuitBreaker();
        for (var i = 0; i < CircuitBreaker.Trips; i++)
        {
            breaker.Failed($"conversation {i}", breaker.Begin(), Now, retryAfter: null, random: 0);
        }

        Assert.False(breaker.Allows(Now));
        Assert.True(breaker.Allows(Later));
        Assert.True(breaker.Begin());
        Assert.False(breaker.Allows(Later), "one asks at a time");

        breaker.Answered(taken);

        Assert.True(breaker.Allows(Later));
        Assert.Equal(!taken, breaker.IsTripped);
    }
}
