using MessengerOperator.Receiver.Delivery;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>Nobody who waits for a time is forgotten.</summary>
public sealed class AlarmTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Alarm _alarm;
    private int _rung;

    public AlarmTests() => _alarm = new(new(_time), _time, () => _rung++);

    public void Dispose() => _alarm.Dispose();

    [Fact]
    public void Who_is_due_only_by_a_later_look_at_the_clock_stays_and_is_called_again()
    {
        var now = _time.GetUtcNow();
        _alarm.Set("lane", now + TimeSpan.FromTicks(1));

        // Between the caller's look at the clock and this one the time has come.
        _time.Advance(TimeSpan.FromMilliseconds(5));
        var rung = _rung;
        Assert.False(_alarm.TryTake(now, out _));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_rung > rung);
        Assert.True(_alarm.TryTake(_time.GetUtcNow(), out var who));
        Assert.Equal("lane", who);
    }

    [Fact]
    public void The_call_does_not_come_before_the_time()
    {
        var at = _time.GetUtcNow() + TimeSpan.FromMilliseconds(1.5);
        _alarm.Set("lane", at);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _rung);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _rung);
        Assert.True(_alarm.TryTake(_time.GetUtcNow(), out _));
    }

    [Fact]
    public void A_later_time_of_the_first_does_not_put_off_who_comes_in_between()
    {
        var now = _time.GetUtcNow();
        _alarm.Set("first", now + TimeSpan.FromSeconds(1));
        _alarm.Set("second", now + TimeSpan.FromSeconds(2));
        _alarm.Set("first", now + TimeSpan.FromSeconds(60));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(_rung > 0);
        Assert.True(_alarm.TryTake(_time.GetUtcNow(), out _));
        Assert.True(_alarm.TryTake(_time.GetUtcNow(), out var who));
        Assert.Equal("second", who);
    }

    [Fact]
    public void Who_waits_does_not_wait_longer_when_the_clock_is_set_back()
    {
        var time = new SetClock();
        var clock = new SteadyClock(time);
        using var alarm = new Alarm(clock, time, () => _rung++);
        alarm.Set("lane", clock.Now + TimeSpan.FromSeconds(1));

        time.SetBack(TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _rung);
        Assert.True(alarm.TryTake(clock.Now, out var who));
        Assert.Equal("lane", who);
    }
}
