using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

public class CheckClockTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    [Fact]
    public void Integrations_are_spread_over_a_tenth_of_the_interval_and_stay_where_they_are()
    {
        var spread = Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid().ToString()).ToDictionary(uid => uid, uid => CheckClock.Jittered(Interval, uid));
        Assert.All(spread, pair => Assert.InRange(pair.Value, Interval * 0.9, Interval));
        Assert.All(spread, pair => Assert.Equal(pair.Value, CheckClock.Jittered(Interval, pair.Key)));
        Assert.True(spread.Values.Distinct().Count() > 900);
        Assert.Contains(spread.Values, value => value < Interval * 0.93);
        Assert.Contains(spread.Values, value => value > Interval * 0.97);
    }

    [Fact]
    public void Retries_slow_down_to_the_check_interval_and_no_further()
    {
        var pauses = Enumerable.Range(0, 40).Select(count => CheckClock.Retry(count, Interval)).ToList();
        Assert.Equal(TimeSpan.FromSeconds(5), pauses[0]);
        Assert.Equal(TimeSpan.FromSeconds(10), pauses[1]);
        Assert.Equal(Interval, pauses[^1]);
        Assert.Equal(pauses.Order(), pauses);
    }
}
