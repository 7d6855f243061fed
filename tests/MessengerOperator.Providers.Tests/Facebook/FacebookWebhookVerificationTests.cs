using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>The vectors F1 to F3 of Facebook's page, its must-reject and must-accept cases, and replays. What holds for every provider is in Suites.</summary>
public class FacebookWebhookVerificationTests
{
    private const string Header = FacebookUnderTest.SignatureHeader;
    private const string F1 = FacebookUnderTest.F1;
    private const string F1Signature = FacebookUnderTest.F1Signature;

    private static readonly DateTimeOffset F1Sent = DateTimeOffset.FromUnixTimeMilliseconds(1790000000123);

    [Theory]
    [InlineData(FacebookUnderTest.F1, FacebookUnderTest.F1Signature, 249, "81a4d87f7f362aafcd0db91f3cd7b81ea8ed8e5a3b95b8d6fca04a723f9aac9d")]
    [InlineData(FacebookUnderTest.F2, FacebookUnderTest.F2Signature, 286, "d8767bb085108866a878dec55b5e035c2edaac97fcee65797627fe7acf90d56a")]
    [InlineData(FacebookUnderTest.F3, FacebookUnderTest.F3Signature, 261, "7a7512d69795343d8c9d36d8a667e3e6e58e5458357373fd54a52a873c6998a9")]
    public void The_vectors_are_those_of_the_page_and_are_accepted(string body, string signature, int bytes, string hash)
    {
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(body));
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        Assert.Equal(VerificationResult.Accepted, Verify(body, (Header, signature)));
    }

    [Fact]
    public void A_published_signature_of_another_implementation_is_accepted() => Assert.Equal(
        VerificationResult.Accepted,
        VerifyWith(["sesame"], "hello world", DateTimeOffset.UnixEpoch, (Header, "sha256=f39034b29165ec6a5104d9aef27266484ab26c8caa7bca8bcb2dd02e8be61b17")));

    [Fact]
    public void The_signature_of_the_decoded_text_is_wrong_for_the_escaped_one() =>
        Assert.Equal(VerificationResult.WrongSignature, Verify(FacebookUnderTest.F2, (Header, FacebookUnderTest.F3Signature)));

    [Fact]
    public void The_signature_of_another_body_is_wrong() => Assert.Equal(VerificationResult.WrongSignature, Verify(FacebookUnderTest.F2, (Header, F1Signature)));

    [Fact]
    public void One_more_line_break_is_wrong() => Assert.Equal(VerificationResult.WrongSignature, Verify(F1 + "\n", (Header, F1Signature)));

    [Fact]
    public void Upper_case_digits_are_accepted() =>
        Assert.Equal(VerificationResult.Accepted, Verify(F1, (Header, "sha256=" + F1Signature["sha256=".Length..].ToUpperInvariant())));

    [Fact]
    public void The_legacy_signature_alone_is_refused() =>
        Assert.Equal(VerificationResult.MissingSignature, Verify(F1, ("X-Hub-Signature", "sha1=1ff8ce514c5c4ea791f341a5f017ac9f7cdf0349")));

    [Fact]
    public void The_legacy_signature_beside_the_right_one_is_ignored() =>
        Assert.Equal(VerificationResult.Accepted, Verify(F1, ("X-Hub-Signature", "sha1=0000000000000000000000000000000000000000"), (Header, F1Signature)));

    [Fact]
    public void Without_its_prefix_a_signature_is_malformed() => Assert.Equal(VerificationResult.MalformedSignature, Verify(F1, (Header, F1Signature["sha256=".Length..])));

    [Fact]
    public void A_legacy_value_in_the_new_header_is_malformed() =>
        Assert.Equal(VerificationResult.MalformedSignature, Verify(F1, (Header, "sha1=1ff8ce514c5c4ea791f341a5f017ac9f7cdf0349")));

    [Fact]
    public void Sixty_three_digits_are_malformed() => Assert.Equal(VerificationResult.MalformedSignature, Verify(F1, (Header, F1Signature[..^1])));

    [Fact]
    public void A_header_that_is_there_twice_is_refused() => Assert.Equal(VerificationResult.DuplicateSignature, Verify(F1, (Header, F1Signature), (Header, F1Signature)));

    [Theory]
    [InlineData("new-secret-00000000000000000000")]
    [InlineData(FacebookUnderTest.AppSecret)]
    public void After_a_reset_the_new_and_the_previous_secret_are_accepted(string signedWith)
    {
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(signedWith), Encoding.UTF8.GetBytes(F1)));
        Assert.Equal(VerificationResult.Accepted, VerifyWith(["new-secret-00000000000000000000", FacebookUnderTest.AppSecret], F1, F1Sent, (Header, signature)));
    }

    [Theory]
    [InlineData(0, VerificationResult.Accepted)]
    [InlineData(36 * 60, VerificationResult.Accepted)]
    [InlineData(48 * 60, VerificationResult.Accepted)]
    [InlineData((48 * 60) + 1, VerificationResult.Expired)]
    [InlineData(-24 * 60, VerificationResult.Accepted)]
    public void A_captured_request_is_good_for_48_hours(int minutesLater, VerificationResult verdict) =>
        Assert.Equal(verdict, VerifyWith([FacebookUnderTest.AppSecret], F1, F1Sent.AddMinutes(minutesLater), (Header, F1Signature)));

    [Fact]
    public void A_forged_request_is_forged_however_old() => Assert.Equal(
        VerificationResult.WrongSignature, VerifyWith([FacebookUnderTest.AppSecret], FacebookUnderTest.F2, F1Sent.AddYears(1), (Header, F1Signature)));

    [Theory]
    [InlineData("""{"object":"page","entry":[{"time":1790000000123},{"time":1790259200123}]}""", false)] // three days apart: the newest counts
    [InlineData("""{"object":"page","entry":[{"time":1790259200123},{"time":1790000000123}]}""", false)]
    [InlineData("""{"object":"page","entry":[{"time":1790000000123},{"time":1790000000124}]}""", true)]
    [InlineData("""{"object":"page","entry":[{"time":1790259200,"changes":[]}]}""", false)] // seconds
    [InlineData("""{"object":"page","entry":[{"time":1790000000,"changes":[]}]}""", true)]
    [InlineData("""{"object":"page","entry":[{"messaging":[{"time":1}]}],"time":1}""", false)] // not times of entries
    [InlineData("""{"object":"page","entry":{"a":{"time":1}}}""", false)]
    [InlineData("""{"object":"page","entry":[{"time":"1790000000123"}]}""", false)]
    [InlineData("""{"object":"page","entry":[{"time":1.5e300}]}""", false)]
    [InlineData("""{"\ud83d":1,"entry":[{"time":1}]}""", false)] // parsing says what is wrong with it
    [InlineData("no json", false)]
    [InlineData("", false)]
    public void The_newest_entry_says_how_old_a_request_is(string body, bool isTooOld)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1790259200123);
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(FacebookUnderTest.AppSecret), Encoding.UTF8.GetBytes(body)));
        Assert.Equal(isTooOld ? VerificationResult.Expired : VerificationResult.Accepted, VerifyWith([FacebookUnderTest.AppSecret], body, now, (Header, signature)));
    }

    [Fact]
    public void Repeats_are_recognised_for_as_long_as_a_captured_request_is_good() =>
        Assert.Equal(TimeSpan.FromHours(48), TestProviders.Get("Facebook").Webhook.RepeatWindow);

    private static VerificationResult Verify(string body, params (string Name, string Value)[] headers) => VerifyWith([FacebookUnderTest.AppSecret], body, F1Sent, headers);

    private static VerificationResult VerifyWith(string[] secrets, string body, DateTimeOffset now, params (string Name, string Value)[] headers) =>
        TestProviders.Get("Facebook").Webhook.Verify(
            new("POST", "/", "", new TestHeaders(headers), Encoding.UTF8.GetBytes(body)),
            new(new WebhookKeys([new("appSecret", [.. secrets.Select(secret => new Secret(secret))])]), default, now));
}
