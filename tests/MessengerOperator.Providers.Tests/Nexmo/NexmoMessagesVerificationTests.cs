using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>Mode Messages: the vectors J1 and J2 of Nexmo's page, all that it says must be rejected, and what strangers try.</summary>
public class NexmoMessagesVerificationTests
{
    private const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";
    private const string Claims =
        """{"iat":1772366400,"jti":"bbbbbbbb-0000-4000-8000-000000000001","iss":"Vonage","payload_hash":"5144a4b1e72d2f630f77906bfe6abd4fa0d21ece7018053e500b76d72026f396","api_key":"abcd1234","application_id":"cccccccc-0000-4000-8000-000000000001"}""";

    [Fact]
    public void J1_and_J2_are_accepted()
    {
        Assert.Equal(VerificationResult.Accepted, Verify($"Bearer {NexmoVectors.J1Token}"));
        Assert.Equal(VerificationResult.Accepted, Verify($"Bearer {NexmoVectors.J2Token}", NexmoVectors.J2));
        Assert.Equal(NexmoVectors.J1Token, Token(Hs256, Claims));
    }

    [Fact]
    public void J1s_token_with_J2s_body_is_refused() => Assert.Equal(VerificationResult.WrongSignature, Verify($"Bearer {NexmoVectors.J1Token}", NexmoVectors.J2));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS384","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"hs256","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256 ","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","alg":"none"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"],"exp":1}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("HS256")]
    [InlineData("")]
    public void Any_other_header_is_refused_even_when_signed_with_the_secret(string header) =>
        Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {Token(header, Claims)}"));

    [Fact]
    public void A_token_without_signature_is_refused()
    {
        var unsigned = $"{Encode("""{"alg":"none"}""")}.{Encode(Claims)}";
        Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {unsigned}."));
        Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {unsigned}"));
        Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {NexmoVectors.J1Token[..NexmoVectors.J1Token.LastIndexOf('.')]}."));
    }

    [Fact]
    public void A_token_signed_by_RSA_with_the_applications_own_key_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(Claims)}";
        var signature = Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {signed}.{signature}"));
    }

    [Theory]
    [InlineData("\"api_key\":\"abcd1234\"", "\"api_key\":\"wxyz9876\"", VerificationResult.WrongSignature)]
    [InlineData("\"api_key\":\"abcd1234\"", "\"api_key\":\"ABCD1234\"", VerificationResult.WrongSignature)]
    [InlineData("\"api_key\":\"abcd1234\",", "", VerificationResult.WrongSignature)]
    [InlineData("\"iss\":\"Vonage\"", "\"iss\":\"vonage\"", VerificationResult.WrongSignature)]
    [InlineData("\"iss\":\"Vonage\",", "", VerificationResult.WrongSignature)]
    [InlineData("cccccccc-0000-4000-8000-000000000001", "cccccccc-0000-4000-8000-000000000002", VerificationResult.WrongSignature)]
    [InlineData("\"application_id\":\"cccccccc-0000-4000-8000-000000000001\"", "\"application_id\":null", VerificationResult.WrongSignature)]
    [InlineData(",\"application_id\":\"cccccccc-0000-4000-8000-000000000001\"", "", VerificationResult.Accepted)]
    [InlineData("cccccccc", "CCCCCCCC", VerificationResult.Accepted)]
    [InlineData("\"payload_hash\":\"5144a4b1e72d2f630f77906bfe6abd4fa0d21ece7018053e500b76d72026f396\",", "", VerificationResult.MalformedSignature)]
    [InlineData("5144a4b1e72d2f630f77906bfe6abd4fa0d21ece7018053e500b76d72026f396", "", VerificationResult.MalformedSignature)]
    [InlineData("5144a4b1e72d2f630f77906bfe6abd4fa0d21ece7018053e500b76d72026f396", "5144a4b1e72d2f630f77906bfe6abd4fa0d21ece7018053e500b76d72026f39", VerificationResult.WrongSignature)]
    [InlineData("5144a4b1", "5144a4b2", VerificationResult.WrongSignature)]
    [InlineData("\"iat\":1772366400,", "", VerificationResult.MalformedSignature)]
    [InlineData("\"iat\":1772366400", "\"iat\":\"1772366400\"", VerificationResult.MalformedSignature)]
    [InlineData("\"iat\":1772366400", "\"iat\":1e300", VerificationResult.MalformedSignature)]
    [InlineData("\"iat\":1772366400", "\"iat\":-1", VerificationResult.MalformedSignature)]
    [InlineData("\"iat\":1772366400", "\"iat\":1772366700", VerificationResult.Accepted)]
    [InlineData("\"iat\":1772366400", "\"iat\":1772366701", VerificationResult.Expired)]
    [InlineData("\"iat\":1772366400", "\"iat\":1772276400", VerificationResult.Accepted)]
    [InlineData("\"iat\":1772366400", "\"iat\":1772276399", VerificationResult.Expired)]
    [InlineData("\"iat\":1772366400", "\"iat\":4000000000", VerificationResult.Expired)]
    [InlineData("\"iss\":\"Vonage\"", "\"iss\":\"Mallory\",\"iss\":\"Vonage\"", VerificationResult.MalformedSignature)]
    public void Every_claim_must_be_right(string genuine, string other, VerificationResult verdict)
    {
        Assert.Contains(genuine, Claims, StringComparison.Ordinal);
        Assert.Equal(verdict, Verify($"Bearer {Token(Hs256, Claims.Replace(genuine, other, StringComparison.Ordinal))}"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"iss\":")]
    [InlineData("{\"iss\":\"\\ud83d\"}")]
    public void Claims_of_another_form_are_refused(string claims) => Assert.NotEqual(VerificationResult.Accepted, Verify($"Bearer {Token(Hs256, claims)}"));

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer " + NexmoVectors.J1Token)]
    [InlineData("Basic " + NexmoVectors.J1Token)]
    [InlineData(NexmoVectors.J1Token)]
    [InlineData("Bearer  " + NexmoVectors.J1Token)]
    [InlineData("Bearer " + NexmoVectors.J1Token + "=")]
    [InlineData("Bearer " + NexmoVectors.J1Token + ".")]
    [InlineData("Bearer " + NexmoVectors.J1Token + "," + NexmoVectors.J1Token)]
    public void Another_spelling_of_the_header_is_refused(string value) => Assert.Equal(VerificationResult.MalformedSignature, Verify(value));

    [Fact]
    public void A_token_that_is_too_long_is_refused_unread() => Assert.Equal(VerificationResult.MalformedSignature, Verify($"Bearer {Token(Hs256, Claims[..^1] + $",\"x\":\"{new string('x', 8000)}\"}}")}"));

    [Fact]
    public void Each_signature_has_one_spelling()
    {
        // The last character holds two bits that decode to nothing.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Assert.Single(Alphabet, last => Verify($"Bearer {NexmoVectors.J1Token[..^1]}{last}") == VerificationResult.Accepted);
    }

    [Fact]
    public void Without_the_header_Vonage_is_asked_for_a_repeat()
    {
        Assert.Equal(VerificationResult.UnsignedByProvider, Verify(authorization: null));
        Assert.Equal(VerificationResult.MissingSignature, Verify(authorization: null, method: "GET"));
    }

    [Fact]
    public void A_doubled_header_is_refused() => Assert.Equal(VerificationResult.DuplicateSignature, Verify($"Bearer {NexmoVectors.J1Token}", times: 2));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mode":"Messages"}""")]
    [InlineData("""{"mode":"Messages","apiKey":"wxyz9876"}""")]
    [InlineData("""{"mode":"Messages","apiKey":"abcd1234"}""")]
    [InlineData("""{"mode":"Sms","apiKey":"abcd1234"}""")]
    [InlineData("""{"mode":"Sms","apiKey":"abcd1234","signatureMethod":"Sha256"}""")]
    public void Settings_that_do_not_say_it_all_accept_nothing(string settings) =>
        Assert.NotEqual(VerificationResult.Accepted, Verify($"Bearer {NexmoVectors.J1Token}", settings: settings));

    private static VerificationResult Verify(
        string? authorization, string body = NexmoVectors.J1, string settings = NexmoVectors.MessagesSettings, int times = 1, string method = "POST")
    {
        using var block = JsonDocument.Parse(settings);
        var headers = new TestHeaders([.. Enumerable.Repeat(("Authorization", authorization!), authorization is null ? 0 : times)]);
        var keys = new WebhookKeys([new("signatureSecret", [new Secret("another-secret"), new Secret(NexmoVectors.MessagesSecret)])]);
        return TestProviders.Get("Nexmo").Webhook.Verify(new(method, "/acme", "", headers, NexmoVectors.Utf8(body)), new(keys, new(block.RootElement), NexmoVectors.SignedAt));
    }

    private static string Token(string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(NexmoVectors.Utf8(NexmoVectors.MessagesSecret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(NexmoVectors.Utf8(text));
}
