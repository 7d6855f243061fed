using k8s.Models;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Runtime.Tests.Events;

public sealed class EventCorrelatorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EventCorrelator _correlator;

    public EventCorrelatorTests() => _correlator = new EventCorrelator(_time);

    [Fact]
    public void The_same_text_about_the_same_object_is_one_series() => Assert.Same(_correlator.Correlate(Event("a", "text")), _correlator.Correlate(Event("a", "text")));

    [Fact]
    public void Another_object_or_text_is_another_series()
    {
        var first = _correlator.Correlate(Event("a", "text"));

        Assert.NotSame(first, _correlator.Correlate(Event("b", "text")));
        Assert.NotSame(first, _correlator.Correlate(Event("a", "other")));
    }

    [Fact]
    public void Ever_new_texts_of_one_reason_become_one_series()
    {
        for (var i = 0; i < 10; i++)
        {
            _correlator.Correlate(Event("a", $"text {i}"));
        }

        var combined = _correlator.Correlate(Event("a", "text 10"));

        Assert.Same(combined, _correlator.Correlate(Event("a", "text 11")));
        Assert.StartsWith("(combined from similar events)", combined!.MessageFor(Event("a", "text 11")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_talkative_object_is_held_back_and_gets_a_new_chance_later()
    {
        for (var i = 0; i < 25; i++)
        {
            Assert.NotNull(_correlator.Correlate(Event("a", "text")));
        }

        Assert.Null(_correlator.Correlate(Event("a", "text")));
        Assert.NotNull(_correlator.Correlate(Event("b", "text")));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(_correlator.Correlate(Event("a", "text")));
    }

    [Theory]
    [InlineData("short", 5)]
    [InlineData("ü", 2)]
    public void A_text_that_fits_stays(string text, int bytes) => Assert.Equal(bytes, System.Text.Encoding.UTF8.GetByteCount(EventText.Fit(text)));

    [Fact]
    public void An_overlong_text_is_cut_between_characters()
    {
        var fitted = EventText.Fit(string.Concat(Enumerable.Repeat("😀", 1000)));

        Assert.True(System.Text.Encoding.UTF8.GetByteCount(fitted) <= 1024);
        Assert.EndsWith("😀…", fitted, StringComparison.Ordinal);
    }

    private PendingEvent Event(string uid, string message) =>
        new(new V1ObjectReference { Uid = uid, Kind = "Widget", Name = uid, NamespaceProperty = "ns" }, EventType.Normal, "Reason", message, _time.GetUtcNow().UtcDateTime);
}
