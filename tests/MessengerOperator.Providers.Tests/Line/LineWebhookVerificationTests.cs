using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>The vectors of LINE's page, what the page says must be rejected, and what strangers try.</summary>
public class LineWebhookVerificationTests
{
    private static readonly SignedSample L1 = LineUnderTest.Vectors[1];
    private static readonly SignedSample L2 = LineUnderTest.Vectors[2];

    public static TheoryData<string> Vectors => [.. LineUnderTest.Vectors.Select(vector => vector.Name)];

    public static TheoryData<string, string> Malformed => new()
    {
        { "empty", "" },
        { "URL-safe alphabet", Value(L1).Replace('+', '-').Replace('/', '_') },
        { "padding removed", Value(L1).TrimEnd('=') },
        { "padding doubled", Value(L1) + "=" },
        { "padding in place of a digit", Value(L1)[..42] + "==" },
        { "cut short", Value(L1)[..40] },
        { "twice in one line", $"{Value(L1)},{Value(L1)}" },
        { "hex", Convert.ToHexStringLower(Convert.FromBase64String(Value(L1))) },
        { "with its algorithm", "sha256=" + Value(L1) },
        { "a line break within", Value(L1)[..20] + "\n" + Value(L1)[21..] },
        { "letters of no alphabet", Value(L1)[..43] + "é" },
        { "44 characters of more than 44 bytes", new string('é', 44) },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_vector_is_accepted(string name) =>
        Assert.Equal(VerificationResult.Accepted, LineUnderTest.Vectors.Single(vector => vector.Name == name).Verify("Line"));

    [Theory]
    [InlineData("X-Line-Signature")]
    [InlineData("X-LINE-SIGNATURE")]
    public void The_header_name_matches_in_any_letter_case(string header) =>
        Assert.Equal(VerificationResult.Accepted, (L1 with { Signature = (header, Value(L1)) }).Verify("Line"));

    [Fact]
    public void L1_with_its_last_byte_changed_is_refused() =>
        Assert.Equal(VerificationResult.WrongSignature, (L1 with { Body = [.. L1.Body.AsSpan(0, L1.Body.Length - 1), (byte)']'] }).Verify("Line"));

    [Fact]
    public void The_signature_of_another_body_is_refused() => Assert.Equal(VerificationResult.WrongSignature, (L2 with { Signature = L1.Signature }).Verify("Line"));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_cannot_be_a_signature_is_malformed(string what, string value)
    {
        Assert.NotEmpty(what);
        Assert.Equal(VerificationResult.MalformedSignature, (L1 with { Signature = (LineUnderTest.SignatureHeader, value) }).Verify("Line"));
    }

    [Fact]
    public void A_missing_header_is_refused() => Assert.Equal(VerificationResult.MissingSignature, L1.Verify("Line", times: 0));

    [Fact]
    public void A_doubled_header_is_refused_even_when_both_are_right() => Assert.Equal(VerificationResult.DuplicateSignature, L1.Verify("Line", times: 2));

    [Fact]
    public void The_same_body_serialised_again_is_refused()
    {
        // The default encoder escapes what LINE sends raw.
        var body = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(L2.Body).RootElement);
        Assert.Equal(VerificationResult.WrongSignature, (L2 with { Body = body }).Verify("Line"));
    }

    [Fact]
    public void No_change_of_a_single_byte_of_the_body_is_accepted()
    {
        for (var position = 0; position < L2.Body.Length; position++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var body = L2.Body.ToArray();
                body[position] ^= (byte)(1 << bit);
                Assert.Equal(VerificationResult.WrongSignature, (L2 with { Body = body }).Verify("Line"));
            }
        }
    }

    [Fact]
    public void No_change_of_a_single_character_of_the_signature_is_accepted()
    {
        for (var position = 0; position < Value(L1).Length; position++)
        {
            for (var character = '!'; character <= '~'; character++)
            {
                var changed = Value(L1).ToCharArray();
                changed[position] = character;
                var verdict = (L1 with { Signature = (LineUnderTest.SignatureHeader, new(changed)) }).Verify("Line");
                Assert.Equal(character == Value(L1)[position], verdict == VerificationResult.Accepted);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(434)]
    public void A_truncated_body_is_refused(int length) => Assert.Equal(VerificationResult.WrongSignature, (L1 with { Body = L1.Body[..length] }).Verify("Line"));

    [Fact]
    public void The_secret_counts_as_it_is_spelled_and_not_as_the_bytes_it_seems_to_encode()
    {
        var asBytes = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(LineUnderTest.ChannelSecret), L1.Body));
        Assert.Equal(VerificationResult.WrongSignature, (L1 with { Signature = (LineUnderTest.SignatureHeader, asBytes) }).Verify("Line"));
    }

    [Theory]
    [InlineData(LineUnderTest.ChannelSecret)]
    [InlineData("00000000000000000000000000000001")]
    public void During_a_rotation_both_secrets_are_accepted(string signedWith)
    {
        var keys = new WebhookKeys([new("channelSecret", [new Secret("00000000000000000000000000000001"), new Secret(LineUnderTest.ChannelSecret)])]);
        Assert.Equal(VerificationResult.Accepted, Verify(keys, signedWith));
    }

    [Fact]
    public void After_a_reissue_the_former_secret_is_refused() =>
        Assert.Equal(VerificationResult.WrongSignature, Verify(new([new("channelSecret", [new Secret("00000000000000000000000000000001")])]), LineUnderTest.ChannelSecret));

    private static VerificationResult Verify(WebhookKeys keys, string signedWith)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signedWith), L1.Body));
        var request = new WebhookRequest("POST", "/", "", new Tests.Webhooks.TestHeaders((LineUnderTest.SignatureHeader, signature)), L1.Body);
        return TestProviders.Get("Line").Webhook.Verify(request, new(keys, default, DateTimeOffset.UnixEpoch));
    }

    private static string Value(SignedSample sample) => sample.Signature!.Value.Value;
}
