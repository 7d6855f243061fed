using MessengerOperator.Meta;
using MessengerOperator.Runtime.Conditions;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Runtime.Tests.Conditions;

public sealed class ConditionSetTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, 123, TimeSpan.Zero));

    [Fact]
    public void The_transition_time_moves_only_when_the_status_value_changes()
    {
        var conditions = new ConditionSet(null, _time);
        conditions.Set("A", ConditionStatus.False, "One", "first", 1);
        var first = conditions.Get("A")!.LastTransitionTime;

        _time.Advance(TimeSpan.FromMinutes(1));
        conditions.Set("A", ConditionStatus.False, "Two", "second", 2);
        Assert.Equal(first, conditions.Get("A")!.LastTransitionTime);

        conditions.Set("A", ConditionStatus.True, "Three", "third", 2);
        Assert.Equal(first.AddMinutes(1), conditions.Get("A")!.LastTransitionTime);
    }

    [Fact]
    public void Times_have_whole_seconds_so_that_they_come_back_unchanged()
    {
        var conditions = new ConditionSet(null, _time);
        conditions.Set("A", ConditionStatus.True, "One", string.Empty, 1);

        Assert.Equal(0, conditions.Get("A")!.LastTransitionTime.Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData(ConditionStatus.True, "Same", false)]
    [InlineData(ConditionStatus.False, "Same", true)]
    [InlineData(ConditionStatus.True, "Other", true)]
    public void A_change_of_status_or_reason_is_told(ConditionStatus status, string reason, bool changed)
    {
        var conditions = new ConditionSet(null, _time);
        conditions.Set("A", ConditionStatus.True, "Same", "x", 1);

        Assert.Equal(changed, conditions.Set("A", status, reason, "y", 2));
    }

    [Fact]
    public void Ordering_keeps_what_it_does_not_know_behind()
    {
        var conditions = new ConditionSet(null, _time);
        foreach (var type in new[] { "Foreign", "B", "A" })
        {
            conditions.Set(type, ConditionStatus.True, "R", string.Empty, 1);
        }

        conditions.Order(["A", "B"]);

        Assert.Equal(["A", "B", "Foreign"], conditions.ToList().Select(condition => condition.Type));
    }
}
