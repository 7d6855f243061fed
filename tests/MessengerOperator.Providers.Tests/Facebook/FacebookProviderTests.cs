using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Facebook;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>What the provider says of itself.</summary>
public class FacebookProviderTests
{
    private static readonly IProvider Facebook = TestProviders.Get("Facebook");

    [Fact]
    public void The_app_comes_before_the_page_and_is_shared()
    {
        var scopes = Facebook.Scopes(Settings("""{"pageId":"110000000000001","appId":"220000000000002"}"""));

        Assert.Equal(["app/220000000000002", "page/110000000000001/app/220000000000002"], scopes.Select(scope => scope.Name));
        Assert.Equal([true, false], scopes.Select(scope => scope.IsShared));
        Assert.Equal([false, true], scopes.Select(scope => scope.IsWholeAccount));
    }

    [Fact]
    public void Without_an_app_id_there_is_only_the_account() => Assert.Equal([RegistrationScope.Account], Facebook.Scopes(Settings("""{"pageId":"110000000000001"}""")));

    [Theory]
    [InlineData("""{"pageId":"1"}""", null)]
    [InlineData("""{"pageId":"1","webhookVerifyToken":{"name":"acme-facebook","key":"webhookVerifyToken"}}""", "webhookVerifyToken")]
    public void The_verify_token_is_generated_or_the_admins_own(string settings, string? credential)
    {
        var keys = Facebook.VerificationKeys(Settings(settings));

        Assert.Equal([("appSecret", "appSecret", false), ("verifyToken", credential, true)], keys.Select(key => (key.Name, key.CredentialField, key.HandshakeOnly)));
    }

    [Fact]
    public void The_manual_steps_say_which_token_and_which_fields()
    {
        var generated = Facebook.ManualSteps(Settings("""{"pageId":"1"}"""), "acme-webhook");
        Assert.Contains("key 'token' of Secret 'acme-webhook'", generated, StringComparison.Ordinal);
        Assert.Contains("messages, messaging_postbacks", generated, StringComparison.Ordinal);

        var own = Facebook.ManualSteps(Settings("""{"pageId":"1","webhookVerifyToken":{"name":"acme-facebook","key":"webhookVerifyToken"}}"""), "acme-webhook");
        Assert.Contains("spec.facebook.webhookVerifyToken", own, StringComparison.Ordinal);
        Assert.DoesNotContain("acme-webhook", own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EAAMADEUPpageTOKEN0001", null)]
    [InlineData("", "empty")]
    [InlineData("EAAtoken\n", "white space")]
    [InlineData(" EAAtoken", "white space")]
    [InlineData("EAA token", "characters that none has")]
    [InlineData("EAAtokén", "characters that none has")]
    [InlineData("220000000000002|0f1e2d3c4b5a69788796a5b4c3d2e1f0", "token of an app")]
    public void A_page_access_token_that_cannot_be_one_is_told(string token, string? says) => Says(says, FacebookCredentials.PageAccessTokenProblem(new Secret(token)));

    [Theory]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1f0", null)]
    [InlineData("not hex, and not documented to be", "characters that none has")]
    [InlineData("NotHexAndNotDocumentedToBe", null)]
    [InlineData("", "empty")]
    [InlineData("0f1e2d3c\r\n", "white space")]
    public void An_app_secret_that_cannot_be_one_is_told(string secret, string? says) => Says(says, FacebookCredentials.AppSecretProblem(new Secret(secret)));

    [Theory]
    [InlineData("Zm9vYmFy-verify-01", null)]
    [InlineData("any#text?", null)]
    [InlineData("", "empty")]
    [InlineData("with a blank", "characters that none has")]
    public void A_verify_token_that_cannot_be_one_is_told(string token, string? says) => Says(says, FacebookCredentials.VerifyTokenProblem(new Secret(token)));

    private static void Says(string? expected, string? problem)
    {
        if (expected is null)
        {
            Assert.Null(problem);
        }
        else
        {
            Assert.Contains(expected, problem, StringComparison.Ordinal);
        }
    }

    private static ProviderSettings Settings(string json) => new(JsonDocument.Parse(json).RootElement);
}
