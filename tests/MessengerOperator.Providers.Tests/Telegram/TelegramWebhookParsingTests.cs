using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Telegram;

/// <summary>What is no update; what is one is under testassets/telegram.</summary>
public class TelegramWebhookParsingTests
{
    private const string AccountId = "700000001";

    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("{\"update_id\":\"810000001\"}")]
    [InlineData("{\"update_id\":1.5}")]
    [InlineData("{\"update_id\":1e300}")]
    [InlineData("{\"update_id\":810000001")]
    [InlineData("{\"update_id\":810000001,\"message\":{\"text\":\"cut of")]
    [InlineData("{\"update_id\":810000001}{\"update_id\":810000002}")]
    [InlineData("update_id=810000001")]
    public void What_is_no_update_is_malformed(string body) => Assert.IsType<ParseResult.Malformed>(ParseAny(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Bytes_that_are_not_utf_8_are_malformed() =>
        Assert.IsType<ParseResult.Malformed>(ParseAny([.. "{\"update_id\":1,\"message\":{\"text\":\""u8, 0xC3, 0x28, .. "\"}}"u8]));

    [Theory]
    [InlineData(50, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Nesting_is_bounded(int depth, bool malformed)
    {
        var body = $"{{\"update_id\":1,\"message\":{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}}}";
        Assert.Equal(malformed, ParseAny(Encoding.UTF8.GetBytes(body)) is ParseResult.Malformed);
    }

    [Fact]
    public void Without_a_known_account_the_id_is_the_update_id()
    {
        var parsed = Assert.IsType<ParseResult.Events>(ParseAny("{\"update_id\":810000001}"u8.ToArray(), accountId: null));
        Assert.Equal("810000001", Assert.Single(parsed.Items).Id);
    }

    private static ParseResult ParseAny(byte[] body, string? accountId = AccountId) =>
        TestProviders.Get("Telegram").Webhook.Parse(new("POST", "/", "", new TestHeaders(), body), new(accountId, default, ReceivedAt));
}
