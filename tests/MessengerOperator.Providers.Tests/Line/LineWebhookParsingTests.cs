using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>What the sample requests cannot say: bodies that are none, and whose account an event is of.</summary>
public class LineWebhookParsingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"destination\":\"U0123456789abcdef0123456789abcdef\"}")]
    [InlineData("{\"destination\":\"U0123456789abcdef0123456789abcdef\",\"events\":null}")]
    [InlineData("{\"destination\":\"U0123456789abcdef0123456789abcdef\",\"events\":{}}")]
    [InlineData("{\"events\":[]}{\"events\":[]}")]
    public void What_has_no_list_of_events_is_malformed(string body) => Assert.IsType<ParseResult.Malformed>(Parse(body));

    [Fact]
    public void Bytes_that_are_not_utf_8_are_malformed() =>
        Assert.IsType<ParseResult.Malformed>(Parse([.. "{\"events\":[{\"type\":\""u8, 0xC3, 0x28, .. "\"}]}"u8]));

    [Fact]
    public void The_endpoint_test_has_no_events() => Assert.Empty(Events("{\"destination\":\"U0123456789abcdef0123456789abcdef\",\"events\":[]}"));

    [Fact]
    public void Every_event_is_of_the_account_that_the_request_names() => Assert.Equal(
        ["U00000000000000000000000000000000", "U00000000000000000000000000000000"],
        Events("{\"destination\":\"U00000000000000000000000000000000\",\"events\":[{\"type\":\"follow\"},{\"type\":\"unfollow\"}]}").Select(item => item.AccountId));

    [Fact]
    public void A_request_that_names_no_account_is_read_all_the_same() => Assert.Null(Assert.Single(Events("{\"events\":[{\"type\":\"follow\"}]}")).AccountId);

    [Fact]
    public void An_event_keeps_its_id_when_it_is_delivered_again()
    {
        const string Body = "{\"events\":[{\"type\":\"unfollow\",\"webhookEventId\":\"01J0000000000000000000000A\",\"deliveryContext\":{\"isRedelivery\":false}}]}";
        Assert.Equal(
            Assert.Single(Events(Body)).Id,
            Assert.Single(Events(Body.Replace("false", "true", StringComparison.Ordinal))).Id);
    }

    [Fact]
    public void An_old_event_is_not_refused()
    {
        // LINE signs no time of sending, so an old one may be late as well as replayed; a repeat is told by its id.
        var item = Assert.Single(Events("{\"events\":[{\"type\":\"message\",\"timestamp\":1500000000000,\"webhookEventId\":\"01J0\",\"source\":{\"type\":\"user\",\"userId\":\"U1\"},\"message\":{\"type\":\"text\",\"id\":\"1\",\"text\":\"late\"}}]}"));
        Assert.Equal((EventType.MessageReceived, DateTimeOffset.FromUnixTimeMilliseconds(1500000000000)), (item.Type, item.Data.Time));
    }

    private static IReadOnlyList<MessengerEvent> Events(string body) => Assert.IsType<ParseResult.Events>(Parse(body)).Items;

    private static ParseResult Parse(string body) => Parse(Encoding.UTF8.GetBytes(body));

    private static ParseResult Parse(byte[] body) =>
        TestProviders.Get("Line").Webhook.Parse(new("POST", "/", "", new TestHeaders(), body), new(null, default, DateTimeOffset.UnixEpoch));
}
