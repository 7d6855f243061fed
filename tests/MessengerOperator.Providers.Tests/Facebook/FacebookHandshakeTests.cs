using MessengerOperator.Providers.Tests.Suites;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>The GET challenge: the only request that is answered with a text, and the only unsigned one.</summary>
public class FacebookHandshakeTests
{
    private const string Token = FacebookUnderTest.VerifyToken;
    private const string Good = $"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={Token}";

    private static readonly string Longest = new('7', 256);

    [Theory]
    [InlineData(Good, "1158201444")]
    [InlineData($"?hub.verify_token={Token}&hub.challenge=1158201444&hub.mode=subscribe", "1158201444")]
    [InlineData($"?x=1&hub.mode=subscribe&hub.challenge=a%20b%2Bc&&=&hub.verify_token={Token}&y", "a b+c")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=%E2%9C%93&hub.verify_token=Zm9vYmFy%2Dverify%2D01", "✓")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=<script>&hub.verify_token={Token}", "<script>")] // sent as text/plain, nosniff
    public void The_right_token_gets_exactly_the_challenge(string query, string challenge) =>
        Assert.Equal(challenge, Assert.IsType<HandshakeResult.Answer>(Get(query)).Text);

    [Theory]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={Token}0")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=zm9vYmFy-verify-01")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=+{Token}")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=%00")]
    public void A_wrong_token_is_refused(string query) =>
        Assert.Equal(VerificationResult.WrongSignature, Assert.IsType<HandshakeResult.Refused>(Get(query)).Reason);

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?hello=world")]
    [InlineData($"?hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token={Token}")]
    [InlineData($"?hub.mode=Subscribe&hub.challenge=1158201444&hub.verify_token={Token}")]
    [InlineData($"?hub.challenge=1158201444&hub.verify_token={Token}")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=")]
    [InlineData($"?hub_mode=subscribe&hub_challenge=1158201444&hub_verify_token={Token}")]
    [InlineData($"?hub.mode=subscribe&hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={Token}")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={Token}&hub.verify_token={Token}")]
    public void What_is_no_subscription_with_a_token_is_refused(string query) =>
        Assert.Equal(VerificationResult.MalformedSignature, Assert.IsType<HandshakeResult.Refused>(Get(query)).Reason); // 403, not 401

    [Theory]
    [InlineData($"?hub.mode=subscribe&hub.verify_token={Token}")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=&hub.verify_token={Token}")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=1&hub.challenge=2&hub.verify_token={Token}")]
    [InlineData($"?hub.mode=subscribe&hub.challenge=a%0D%0Ab&hub.verify_token={Token}")]
    public void The_right_token_without_a_usable_challenge_is_a_bad_request(string query) => Assert.IsType<HandshakeResult.Malformed>(Get(query));

    [Fact]
    public void A_challenge_has_a_length_limit()
    {
        Assert.Equal(Longest, Assert.IsType<HandshakeResult.Answer>(Get($"?hub.mode=subscribe&hub.challenge={Longest}&hub.verify_token={Token}")).Text);
        Assert.IsType<HandshakeResult.Malformed>(Get($"?hub.mode=subscribe&hub.challenge={Longest}7&hub.verify_token={Token}"));
    }

    [Theory]
    [InlineData("next-token")]
    [InlineData(Token)]
    public void During_a_rotation_both_tokens_are_accepted(string sent) =>
        Assert.IsType<HandshakeResult.Answer>(Get($"?hub.mode=subscribe&hub.challenge=1&hub.verify_token={sent}", "next-token", Token));

    [Fact]
    public void Without_a_token_of_ours_nothing_is_answered()
    {
        Assert.IsType<HandshakeResult.Refused>(Get(Good, []));
        Assert.IsType<HandshakeResult.Refused>(Get("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=", ""));
    }

    [Fact]
    public void A_post_is_no_handshake_whatever_its_query() =>
        Assert.IsType<HandshakeResult.None>(TestProviders.Get("Facebook").Webhook.Handshake(new("POST", "/", Good, new TestHeaders(), default), Context(Token)));

    [Fact]
    public void No_mutated_challenge_throws_or_is_answered_without_the_token()
    {
        var fuzzer = new Fuzzer(3000);
        while (fuzzer.Next())
        {
            var query = fuzzer.Mutate(Good);
            var result = Get(query);
            Assert.True(
                result is HandshakeResult.Refused or HandshakeResult.Malformed || Uri.UnescapeDataString(query).Contains(Token, StringComparison.Ordinal),
                fuzzer.Describe(System.Text.Encoding.Latin1.GetBytes(query)));
        }
    }

    private static HandshakeResult Get(string query) => Get(query, Token);

    private static HandshakeResult Get(string query, params string[] tokens) =>
        TestProviders.Get("Facebook").Webhook.Handshake(new("GET", "/", query, new TestHeaders(), default), Context(tokens));

    private static VerificationContext Context(params string[] tokens) =>
        new(new WebhookKeys([new("verifyToken", [.. tokens.Select(token => new Secret(token))])]), default, DateTimeOffset.UnixEpoch);
}
