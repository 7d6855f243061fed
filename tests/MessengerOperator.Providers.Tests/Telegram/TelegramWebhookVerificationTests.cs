using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Telegram;

/// <summary>The vectors T1 to T5 of Telegram's page, and what strangers try.</summary>
public class TelegramWebhookVerificationTests
{
    private const string Header = "X-Telegram-Bot-Api-Secret-Token";
    private const string Secret = "Zm9vYmFy_secret-01";
    private const string NextSecret = "another_secret-0002";

    private static readonly string Longest = new('a', 256);

    [Fact]
    public void T1_The_registered_secret_is_accepted() => Assert.Equal(VerificationResult.Accepted, Verify([Secret], (Header, Secret)));

    [Fact]
    public void T2_Letter_case_counts() => Assert.Equal(VerificationResult.WrongSignature, Verify([Secret], (Header, "zm9vymfy_SECRET-01")));

    [Fact]
    public void T3_A_missing_header_is_refused() => Assert.Equal(VerificationResult.MissingSignature, Verify([Secret]));

    [Fact]
    public void T4_Blanks_around_the_value_do_not_count() => Assert.Equal(VerificationResult.Accepted, Verify([Secret], (Header, Secret + " ")));

    [Fact]
    public void T5_The_longest_legal_secret_is_accepted() => Assert.Equal(VerificationResult.Accepted, Verify([Longest], (Header, Longest)));

    [Fact]
    public void The_header_name_matches_in_any_letter_case() => Assert.Equal(VerificationResult.Accepted, Verify([Secret], (Header.ToLowerInvariant(), Secret)));

    [Fact]
    public void A_doubled_header_is_refused_even_when_both_are_right() =>
        Assert.Equal(VerificationResult.DuplicateSignature, Verify([Secret], (Header, Secret), (Header, Secret)));

    [Theory]
    [InlineData("")]
    [InlineData("Zm9vYmFy_secret-01,Zm9vYmFy_secret-01")]
    [InlineData("pässword")]
    [InlineData("Zm9vYmFy_secret-01\u0000")]
    public void What_cannot_be_a_secret_token_is_malformed(string value) => Assert.Equal(VerificationResult.MalformedSignature, Verify([Secret], (Header, value)));

    [Fact]
    public void A_value_longer_than_any_secret_token_is_malformed() => Assert.Equal(VerificationResult.MalformedSignature, Verify([Longest], (Header, Longest + "a")));

    [Theory]
    [InlineData("Z")]
    [InlineData("Zm9vYmFy_secret-0")]
    [InlineData("Zm9vYmFy_secret-011")]
    public void Another_length_is_wrong(string value) => Assert.Equal(VerificationResult.WrongSignature, Verify([Secret], (Header, value)));

    [Theory]
    [InlineData(Secret)]
    [InlineData(NextSecret)]
    public void During_a_rotation_both_secrets_are_accepted(string sent) => Assert.Equal(VerificationResult.Accepted, Verify([NextSecret, Secret], (Header, sent)));

    [Fact]
    public void After_a_rotation_the_previous_secret_is_wrong() => Assert.Equal(VerificationResult.WrongSignature, Verify([NextSecret], (Header, Secret)));

    [Fact]
    public void Without_any_key_nothing_is_accepted() => Assert.Equal(VerificationResult.WrongSignature, Verify([], (Header, Secret)));

    [Fact]
    public void An_empty_key_accepts_nothing() => Assert.Equal(VerificationResult.MalformedSignature, Verify([""], (Header, "")));

    [Fact]
    public void No_change_of_a_single_character_is_accepted()
    {
        for (var position = 0; position < Secret.Length; position++)
        {
            for (var character = '!'; character <= '~'; character++)
            {
                var changed = Secret.ToCharArray();
                changed[position] = character;
                var expected = character == Secret[position];
                Assert.Equal(expected, Verify([Secret], (Header, new(changed))) == VerificationResult.Accepted);
            }
        }
    }

    private static VerificationResult Verify(string[] secrets, params (string Name, string Value)[] headers)
    {
        var keys = new WebhookKeys([new("secretToken", [.. secrets.Select(secret => new Secret(secret))])]);
        return TestProviders.Get("Telegram").Webhook.Verify(new("POST", "/", "", new TestHeaders(headers), default), new(keys, default, DateTimeOffset.UnixEpoch));
    }
}
