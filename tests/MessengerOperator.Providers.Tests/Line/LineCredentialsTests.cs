using MessengerOperator.Providers.Line;

namespace MessengerOperator.Providers.Tests.Line;

public class LineCredentialsTests
{
    private const string LongLived = "bWFkZSB1cCBsb25nLWxpdmVkIHRva2VuIGZvciB0aGUgdGVzdHM/ab+cd/efdGhhdCBpcyBhcyBsb25nIGFzIHJlYWw=";
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.bWFkZSB1cA.c2lnbmF0dXJl-_";

    [Theory]
    [InlineData(LongLived, false)]
    [InlineData(Jwt, true)]
    public void A_token_of_every_kind_is_well_formed(string token, bool isJwt)
    {
        Assert.Null(LineCredentials.TokenProblem(new Secret(token)));
        Assert.Equal(isJwt, LineCredentials.IsJwt(new Secret(token)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(LongLived + "\n", "white space")]
    [InlineData(" " + LongLived, "white space")]
    [InlineData("Bearer " + LongLived, "without 'Bearer'")]
    [InlineData(LongLived + "\0", "characters")]
    [InlineData("bWFkZSB1cCBé", "characters")]
    public void A_token_that_cannot_be_right_is_named_without_being_quoted(string token, string says)
    {
        var problem = LineCredentials.TokenProblem(new Secret(token));
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("bWFkZSB1c", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(LineUnderTest.ChannelSecret + "\n", "white space")]
    public void A_secret_that_cannot_be_right_is_named_without_being_quoted(string secret, string says)
    {
        var problem = LineCredentials.SecretProblem(new Secret(secret));
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("9f8e7d6c", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_more_is_asked_of_a_secret() => Assert.Null(LineCredentials.SecretProblem(new Secret("any Text LINE may issue one day")));
}
