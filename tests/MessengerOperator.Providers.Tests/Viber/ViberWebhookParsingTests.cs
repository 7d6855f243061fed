using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Viber;

/// <summary>What is no callback, and which callbacks are repeats; what they become is under testassets/viber.</summary>
public class ViberWebhookParsingTests
{
    private const string Receipt = """{"event":"seen","timestamp":1790000000500,"message_token":5900000000000000020,"user_id":"MDEy"}""";

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"event\":7}")]
    [InlineData("{\"event\":\"\"}")]
    [InlineData("{\"event\":\"message\"")]
    [InlineData("event=message")]
    public void What_is_no_callback_is_malformed(string body) => Assert.IsType<ParseResult.Malformed>(Parse(body));

    [Fact]
    public void Viber_checking_the_url_is_no_event() => Assert.Empty(Events(Encoding.UTF8.GetString(ViberUnderTest.V0.Body)));

    [Theory]
    [InlineData("\"timestamp\":1790000000500", "\"timestamp\":1790000000999", true)]
    [InlineData("seen", "delivered", false)]
    [InlineData("5900000000000000020", "5900000000000000021", false)]
    [InlineData("MDEy", "MDEz", false)]
    public void Receipts_of_several_devices_are_one_and_other_receipts_are_others(string text, string replacement, bool isRepeat) =>
        Assert.Equal(isRepeat, Id(Receipt) == Id(Receipt.Replace(text, replacement, StringComparison.Ordinal)));

    [Fact]
    public void A_receipt_for_a_customers_message_is_no_repeat_of_the_message() =>
        Assert.NotEqual(Id(Receipt), Id("""{"event":"message","message_token":5900000000000000020,"sender":{"id":"MDEy"},"message":{"type":"text","text":"hi"}}"""));

    private static string Id(string body) => Assert.Single(Events(body)).Id;

    private static IReadOnlyList<MessengerEvent> Events(string body) => Assert.IsType<ParseResult.Events>(Parse(body)).Items;

    private static ParseResult Parse(string body) =>
        TestProviders.Get("Viber").Webhook.Parse(new("POST", "/", "", new TestHeaders(), Encoding.UTF8.GetBytes(body)), new("pa:1", default, DateTimeOffset.UnixEpoch));
}
