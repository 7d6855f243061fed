using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Viber;

/// <summary>What Viber has alone; the shared suite tries all that must be refused on its vectors.</summary>
public class ViberWebhookVerificationTests
{
    private static readonly string Signature = ViberUnderTest.V1.Signature!.Value.Value;

    private static readonly SignedSample WithoutHeader = ViberUnderTest.V1 with { Signature = null };

    [Fact]
    public void The_vectors_are_those_of_the_page()
    {
        Assert.Equal("531816d5760183a79c088bddb5e337912fe6200dd4716c5cf18ad9964d76d6ff", Sha256(ViberUnderTest.V0));
        Assert.Equal("66b057726de2a28f17e4f4f5e68519874f25a698d9d788bdd5c6e7c3882d2189", Sha256(ViberUnderTest.V1));
        Assert.Equal("203ffd51992f66aa336fe39d7cbe6c2be5fe0d91e5b1cf1259de0423334c93a0", Sha256(ViberUnderTest.V2));
    }

    [Fact]
    public void Hex_digits_of_either_case_are_one_signature() =>
        Assert.Equal(VerificationResult.Accepted, Verify(ViberUnderTest.V1 with { Signature = ("x-viber-content-signature", Signature.ToUpperInvariant()) }));

    [Fact]
    public void The_signature_of_another_message_is_wrong() =>
        Assert.Equal(VerificationResult.WrongSignature, Verify(ViberUnderTest.V2 with { Signature = ViberUnderTest.V1.Signature }));

    [Fact]
    public void Sixty_three_digits_are_no_signature() =>
        Assert.Equal(VerificationResult.MalformedSignature, Verify(ViberUnderTest.V1 with { Signature = ("X-Viber-Content-Signature", Signature[..63]) }));

    [Fact]
    public void Neither_header_nor_parameter_is_a_missing_signature() => Assert.Equal(VerificationResult.MissingSignature, Verify(WithoutHeader));

    [Theory]
    [InlineData("?sig={0}")]
    [InlineData("?a=b&sig={0}")]
    [InlineData("?sig={0}&signature=x")]
    public void Without_a_header_the_parameter_counts(string query) =>
        Assert.Equal(VerificationResult.Accepted, Verify(WithoutHeader with { Query = query.Replace("{0}", Signature, StringComparison.Ordinal) }));

    [Theory]
    [InlineData("?sig={0}&sig={0}", VerificationResult.DuplicateSignature)]
    [InlineData("?sig=&sig={0}", VerificationResult.DuplicateSignature)]
    [InlineData("?sig={0}{0}", VerificationResult.MalformedSignature)]
    [InlineData("?sig={0}%20", VerificationResult.MalformedSignature)]
    [InlineData("?sig=", VerificationResult.MalformedSignature)]
    [InlineData("?sig", VerificationResult.MissingSignature)]
    [InlineData("?Sig={0}", VerificationResult.MissingSignature)]
    [InlineData("?xsig={0}", VerificationResult.MissingSignature)]
    [InlineData("?", VerificationResult.MissingSignature)]
    public void Other_parameters_do_not(string query, VerificationResult verdict) =>
        Assert.Equal(verdict, Verify(WithoutHeader with { Query = query.Replace("{0}", Signature, StringComparison.Ordinal) }));

    [Fact]
    public void A_right_parameter_does_not_save_a_wrong_header() => Assert.Equal(
        VerificationResult.WrongSignature,
        Verify(ViberUnderTest.V1 with { Signature = ViberUnderTest.V2.Signature, Query = "?sig=" + Signature }));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(23)]
    [InlineData(-20_000)]
    public void A_wrong_clock_loses_nothing(int hoursLater) =>
        Assert.Equal(VerificationResult.Accepted, Verify(ViberUnderTest.V1 with { Now = ViberUnderTest.V1.Now.AddHours(hoursLater) }));

    [Fact]
    public void A_request_that_was_recorded_a_day_ago_is_too_old() =>
        Assert.Equal(VerificationResult.Expired, Verify(ViberUnderTest.V1 with { Now = ViberUnderTest.V1.Now.AddHours(25) }));

    [Fact]
    public void Repeats_are_recognised_for_as_long_as_requests_are_accepted() => Assert.Equal(TimeSpan.FromHours(24), TestProviders.Get("Viber").Webhook.RepeatWindow);

    [Fact]
    public void A_forged_old_request_is_wrong_rather_than_old() =>
        Assert.Equal(VerificationResult.WrongSignature, Verify(ViberUnderTest.V1 with { Signature = ViberUnderTest.V2.Signature, Now = DateTimeOffset.MaxValue }));

    private static VerificationResult Verify(SignedSample sample) => sample.Verify("Viber");

    private static string Sha256(SignedSample sample) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sample.Body));
}
