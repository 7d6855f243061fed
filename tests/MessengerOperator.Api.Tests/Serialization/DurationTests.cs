using System.Text.Json;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Api.Tests.Serialization;

public class DurationTests
{
    public static TheoryData<string, double> Valid => new()
    {
        { "15m", 900_000 },
        { "1h30m", 5_400_000 },
        { "1.5h", 5_400_000 },
        { "90s", 90_000 },
        { "1500ms", 1_500 },
        { "0.5ms", 0.5 },
        { "0s", 0 },
        { "1m1m", 120_000 },
        { "24h0m0s", 86_400_000 },
        { "1h1ms", 3_600_001 },
        { "000001m", 60_000 },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_duration_is_read(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
        Assert.Equal(value, new Duration(text).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-15m")]
    [InlineData("+15m")]
    [InlineData("15 m")]
    [InlineData(" 15m")]
    [InlineData("15m\n")]
    [InlineData("15M")]
    [InlineData("1d")]
    [InlineData("1.m")]
    [InlineData(".5m")]
    [InlineData("1..5m")]
    [InlineData("1e3s")]
    [InlineData("PT15M")]
    [InlineData("00:15:00")]
    [InlineData("١m")]
    [InlineData("99999999999999h")]
    [InlineData("00000000000000001m")]
    public void What_is_no_duration_is_refused(string? text)
    {
        Assert.False(Duration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.Zero, value);
    }

    [Fact]
    public void A_text_that_is_no_duration_is_kept_and_has_no_value()
    {
        var duration = new Duration("soon");

        Assert.False(duration.IsValid);
        Assert.Equal("soon", duration.ToString());
        Assert.Throws<FormatException>(() => duration.Value);
    }

    [Fact]
    public void The_spelling_survives_json()
    {
        var duration = KubernetesJson.Deserialize<Duration>("\"90m\"");

        Assert.Equal("\"90m\"", KubernetesJson.Serialize(duration));
        Assert.Equal("\"90m\"", JsonSerializer.Serialize(duration));
    }

    [Theory]
    [InlineData("15")]
    [InlineData("null")]
    [InlineData("{\"a\":[1]}")]
    public void Json_of_another_kind_does_not_throw(string json) => Assert.False(KubernetesJson.Deserialize<Duration>(json).IsValid);

    [Fact]
    public void Two_spellings_of_one_length_are_equal()
    {
        Assert.Equal(new Duration("90m"), new Duration("1h30m"));
        Assert.Equal(new Duration("90m").GetHashCode(), new Duration("1h30m").GetHashCode());
        Assert.NotEqual(new Duration("90m"), new Duration("91m"));
        Assert.NotEqual(new Duration("soon"), new Duration("later"));
        Assert.NotEqual(new Duration("0s"), new Duration("never"));
    }

    [Fact]
    public void Whole_minutes_are_written_as_such() => Assert.Equal("15m", Duration.FromMinutes(15).ToString());
}
