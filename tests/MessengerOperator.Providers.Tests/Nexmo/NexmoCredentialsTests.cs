using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Nexmo;

namespace MessengerOperator.Providers.Tests.Nexmo;

public class NexmoCredentialsTests
{
    [Theory]
    [InlineData("""{"mode":"Sms","signatureMethod":"Sha256"}""", "apiSecret signatureSecret")]
    [InlineData("""{"mode":"Sms","inboundVerification":"Signature"}""", "apiSecret signatureSecret")]
    [InlineData("""{"mode":"Sms","inboundVerification":"Path"}""", "apiSecret")]
    [InlineData("""{"mode":"Messages"}""", "apiSecret signatureSecret privateKey")]
    [InlineData("{}", "apiSecret")]
    [InlineData("""{"apiBaseUrl":"https://api-eu.vonage.com"}""", "apiSecret")]
    public void An_account_needs_what_its_mode_needs(string settings, string fields) =>
        Assert.Equal(fields, string.Join(' ', Nexmo.Credentials(Settings(settings)).Select(field => field.Field)));

    [Fact]
    public void Nothing_but_the_word_Path_makes_the_path_the_key()
    {
        var byPath = Settings("""{"mode":"Sms","inboundVerification":"Path"}""");
        Assert.True(Nexmo.PathCarriesToken(byPath));
        Assert.Null(Assert.Single(Nexmo.VerificationKeys(byPath)).CredentialField);
        foreach (var other in new[] { "{}", """{"mode":"Sms"}""", """{"mode":"Sms","inboundVerification":"Signature"}""", """{"mode":"Messages","inboundVerification":"Path"}""" })
        {
            Assert.False(Nexmo.PathCarriesToken(Settings(other)));
            Assert.Equal("signatureSecret", Assert.Single(Nexmo.VerificationKeys(Settings(other))).CredentialField);
        }
    }

    [Theory]
    [InlineData("apiSecret", "", "empty")]
    [InlineData("apiSecret", "ABCDEFGH01234abc\n", "white space")]
    [InlineData("apiSecret", "Ab1", "6 to 32")]
    [InlineData("apiSecret", "ABCDEFGH01234abcABCDEFGH01234abcX", "6 to 32")]
    [InlineData("apiSecret", "ABCDEFGH 01234abc", "character")]
    [InlineData("signatureSecret", "", "empty")]
    [InlineData("signatureSecret", " secret", "white space")]
    [InlineData("privateKey", "", "empty")]
    [InlineData("privateKey", "ABCDEFGH01234abc", "PEM")]
    [InlineData("privateKey", "-----BEGIN PRIVATE KEY-----\nABCDEFGH01234abc\n-----END PRIVATE KEY-----", "PEM")]
    [InlineData("privateKey", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nABCDEFGH01234abc\n-----END ENCRYPTED PRIVATE KEY-----", "encrypted")]
    [InlineData("privateKey", "-----BEGIN PUBLIC KEY-----\nABCDEFGH01234abc\n-----END PUBLIC KEY-----", "public key")]
    public void A_value_that_cannot_be_right_is_named_without_being_quoted(string field, string value, string says)
    {
        var problem = Field(field).Problem(new Secret(value));
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("01234", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_taken_in_both_of_the_usual_forms_with_a_line_break_at_the_end()
    {
        using var rsa = RSA.Create(2048);
        Assert.Null(Field("privateKey").Problem(new Secret(rsa.ExportPkcs8PrivateKeyPem() + "\n")));
        Assert.Null(Field("privateKey").Problem(new Secret(rsa.ExportRSAPrivateKeyPem())));
        using var curve = ECDsa.Create();
        Assert.Contains("RSA", Field("privateKey").Problem(new Secret(curve.ExportPkcs8PrivateKeyPem())), StringComparison.Ordinal);
        Assert.NotNull(Field("privateKey").Problem(new Secret(rsa.ExportRSAPublicKeyPem())));
    }

    [Fact]
    public void A_key_matches_its_public_half_however_that_is_written()
    {
        using var rsa = RSA.Create(2048);
        var key = new Secret(rsa.ExportPkcs8PrivateKeyPem());
        Assert.True(NexmoPrivateKey.Matches(key, rsa.ExportSubjectPublicKeyInfoPem() + "\n"));
        Assert.True(NexmoPrivateKey.Matches(key, rsa.ExportRSAPublicKeyPem()));
        Assert.True(NexmoPrivateKey.Matches(key, rsa.ExportSubjectPublicKeyInfoPem().Replace("\n", "\r\n", StringComparison.Ordinal)));
        using var other = RSA.Create(2048);
        Assert.False(NexmoPrivateKey.Matches(key, other.ExportSubjectPublicKeyInfoPem()));
        Assert.False(NexmoPrivateKey.Matches(key, null));
        Assert.False(NexmoPrivateKey.Matches(key, "no key"));
    }

    [Theory]
    [InlineData("""{"mode":"Sms","numbers":[]}""", "")]
    [InlineData("""{"mode":"Sms","numbers":[{"number":"447700900000","country":"GB"},{"number":"48500100300","country":"PL"}]}""", "number/GB/447700900000 number/PL/48500100300")]
    [InlineData("""{"mode":"Messages","applicationId":"CCCCCCCC-0000-4000-8000-000000000001"}""", "application/cccccccc-0000-4000-8000-000000000001")]
    [InlineData("{}", "")]
    public void What_is_registered_depends_on_mode_and_numbers(string settings, string names) =>
        Assert.Equal(names, string.Join(' ', Nexmo.Scopes(Settings(settings)).Select(scope => scope.Name)));

    [Theory]
    [InlineData("""{"mode":"Sms","restBaseUrl":"https://gateway.example/rest","apiBaseUrl":"https://gateway.example/api"}""", "https://gateway.example/rest")]
    [InlineData("""{"mode":"Sms","region":"Eu"}""", null)]
    [InlineData("""{"mode":"Messages","applicationId":"a","restBaseUrl":"https://gateway.example/rest"}""", null)]
    [InlineData("""{"mode":"Messages","applicationId":"a","apiBaseUrl":"https://gateway.example/api"}""", "https://gateway.example/api")]
    [InlineData("""{"mode":"Messages","applicationId":"a","region":"Ap"}""", "https://api-ap.vonage.com/")]
    public void The_ledger_keeps_the_address_that_a_removal_needs(string settings, string? address) =>
        Assert.Equal(address, Nexmo.ApiBaseUrl(Settings(settings), Nexmo.Scopes(Settings(settings))[0])?.AbsoluteUri);

    private static IProvider Nexmo => TestProviders.Get("Nexmo");

    private static CredentialField Field(string name) => Nexmo.Credentials(Settings("""{"mode":"Messages"}""")).Single(field => field.Field == name);

    private static ProviderSettings Settings(string json) => new(JsonDocument.Parse(json).RootElement);
}
