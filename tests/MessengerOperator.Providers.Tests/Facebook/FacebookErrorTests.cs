using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using static MessengerOperator.Providers.Tests.Facebook.FacebookWorld;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>Every row of the Graph API's error table, at every call: one meaning each, by code.</summary>
public sealed class FacebookErrorTests : IAsyncLifetime
{
    private const string Anything = "";

    private FacebookWorld _world = null!;

    /// <summary>Preset; what it means to a call with the page's token, and to one with the app's; what the advice to the former says.</summary>
    public static TheoryData<string, Type, Type, string> Rows
    {
        get
        {
            var (invalid, permission, mismatch) = (typeof(ProviderFailure.InvalidCredentials), typeof(ProviderFailure.InsufficientPermission), typeof(ProviderFailure.AccountMismatch));
            var (throttled, unavailable, rejected) = (typeof(ProviderFailure.Throttled), typeof(ProviderFailure.Unavailable), typeof(ProviderFailure.Rejected));
            return new()
            {
                { "token-invalid", invalid, invalid, "page access token" },
                { "app-removed", invalid, invalid, "removed the app" },
                { "checkpoint", invalid, invalid, "confirm the account" },
                { "password-changed", invalid, invalid, "changed the password" },
                { "token-expired", invalid, invalid, "expired" },
                { "user-not-confirmed", invalid, invalid, "confirm the account" },
                { "token-dead", invalid, invalid, "page access token" },
                { "session", invalid, invalid, "page access token" },
                { "oauth-without-code", invalid, invalid, "page access token" },
                { "app-secret", invalid, invalid, "page access token" },
                { "app-unknown", invalid, invalid, "appId" },
                { "permission", permission, permission, "pages_manage_metadata" },
                { "permission-fields", permission, permission, "pages_messaging" },
                { "permission-230", permission, permission, "pages_messaging" },
                { "permission-283", permission, permission, "pages_messaging" },
                { "capability", permission, permission, "pages_messaging" },
                { "no-such-object", mismatch, mismatch, "pageId" },
                { "no-such-alias", mismatch, mismatch, "pageId" },
                { "bad-input", rejected, rejected, "spec.facebook" },
                { "app-rate", throttled, throttled, Anything },
                { "user-rate", throttled, throttled, Anything },
                { "page-rate", throttled, throttled, Anything },
                { "custom-rate", throttled, throttled, Anything },
                { "application-limit", throttled, throttled, Anything },
                { "business-rate-page", throttled, throttled, Anything },
                { "business-rate-instagram", throttled, throttled, Anything },
                { "business-rate-messenger", throttled, throttled, Anything },
                { "policy", throttled, throttled, Anything },
                { "unknown-error", unavailable, unavailable, Anything },
                { "service", unavailable, unavailable, Anything },
                { "transient", unavailable, unavailable, Anything },
                { "server-error", unavailable, unavailable, Anything },
                { "bad-gateway", unavailable, unavailable, Anything },
                { "refused", rejected, rejected, "spec.facebook" },
            };
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_error_means_the_same_at_every_call_of_the_page_and_of_the_app(string preset, Type ofPage, Type ofApp, string advice)
    {
        foreach (var method in new[] { "get_subscribed_apps", "post_subscribed_apps", "get_subscriptions", "post_subscriptions" })
        {
            await _world.Control.SetFaultAsync(null, $"Facebook:{method}", new Fault { Preset = preset }, Cancelled);
        }

        foreach (var failure in new[] { (await _world.ObserveAsync(_world.PageTarget())).Failure, (await FreshRegisterAsync(_world.PageTarget())).Failure })
        {
            Assert.IsType(ofPage, failure);
            Assert.Contains(advice, Advice(failure!), StringComparison.Ordinal);
            Assert.True(failure is not ProviderFailure.Rejected { Retry: true });
        }

        foreach (var failure in new[] { (await _world.ObserveAsync(_world.AppTarget())).Failure, (await FreshRegisterAsync(_world.AppTarget())).Failure })
        {
            Assert.IsType(ofApp, failure);
            Assert.True(failure is not ProviderFailure.InvalidCredentials || Advice(failure).Contains("appId", StringComparison.Ordinal), Advice(failure!));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_test_of_the_connection_passes_an_error_on(string preset, Type ofPage, Type ofApp, string advice)
    {
        // A parameter that /me does not take is the proof: all else in that call is fixed.
        var isBadInput = preset == "bad-input";
        await _world.Control.SetFaultAsync(null, "Facebook:me", new Fault { Preset = preset }, Cancelled);
        var failure = (await _world.TestAsync(Account(app: null))).Failure;
        Assert.IsType(isBadInput ? typeof(ProviderFailure.InvalidCredentials) : ofPage, failure);
        Assert.True(isBadInput || Advice(failure!).Contains(advice, StringComparison.Ordinal), Advice(failure!));
        await _world.Control.ClearFaultsAsync(cancellationToken: Cancelled);

        // And one that debug_token does not take is the other app's token.
        await _world.Control.SetFaultAsync(null, "Facebook:debug_token", new Fault { Preset = preset }, Cancelled);
        var ofInspection = (await _world.TestAsync(Account() with { BudgetKey = "unspent" })).Failure;
        Assert.IsType(isBadInput || preset == "no-such-object" ? typeof(ProviderFailure.AccountMismatch) : ofApp, ofInspection);
    }

    [Theory]
    [InlineData("other-app")]
    [InlineData("other-app-33")]
    public async Task A_token_of_another_app_is_a_mismatch_with_and_without_subcode(string preset)
    {
        await _world.Control.SetFaultAsync(null, "Facebook:debug_token", new Fault { Preset = preset }, Cancelled);

        Assert.Contains("another app", Assert.IsType<ProviderFailure.AccountMismatch>((await _world.TestAsync()).Failure).Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("callback-status")]
    [InlineData("callback-challenge")]
    public async Task A_check_of_the_url_that_failed_is_tried_again(string preset)
    {
        await _world.Control.SetFaultAsync(null, "Facebook:post_subscriptions", new Fault { Preset = preset }, Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _world.RegisterAsync(_world.AppTarget())).Failure);

        Assert.True(rejected.Retry);
        Assert.Contains("called the webhook URL", rejected.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("business-rate-messenger", 19)]
    [InlineData("business-rate-page", 7)]
    [InlineData("app-rate", 5)]
    [InlineData("page-rate", 5)]
    [InlineData("policy", 60)]
    public async Task A_pause_is_as_long_as_facebook_says(string preset, int minutes)
    {
        await _world.Control.SetFaultAsync(null, "Facebook:me", new Fault { Preset = preset, Times = 1 }, Cancelled);
        Assert.Equal(TimeSpan.FromMinutes(minutes), Assert.IsType<ProviderFailure.Throttled>((await _world.TestAsync()).Failure).After);

        _world.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.IsType<ProviderFailure.Throttled>((await _world.TestAsync()).Failure);
        Assert.Equal(1, await _world.CallsAsync("me"));

        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        Ok(await _world.TestAsync());
    }

    [Theory]
    [InlineData("""{"110000000000001":[{"estimated_time_to_regain_access":5},{"estimated_time_to_regain_access":12}],"1":[]}""", 12)]
    [InlineData("""{"110000000000001":[{"estimated_time_to_regain_access":100000}]}""", 60)]
    [InlineData("""{"110000000000001":[{"estimated_time_to_regain_access":-3}]}""", 5)]
    [InlineData("""{"110000000000001":{}}""", 5)]
    [InlineData("soon", 5)]
    [InlineData("{}", 5)]
    public async Task Any_usage_header_gives_a_sensible_pause(string header, int minutes)
    {
        var fault = new Fault { Preset = "page-rate", Headers = new Dictionary<string, string> { ["X-Business-Use-Case-Usage"] = header } };
        await _world.Control.SetFaultAsync(null, "Facebook:me", fault, Cancelled);

        Assert.Equal(TimeSpan.FromMinutes(minutes), Assert.IsType<ProviderFailure.Throttled>((await _world.TestAsync()).Failure).After);
    }

    [Fact]
    public async Task Facebooks_words_are_passed_on_with_their_code_and_without_secrets()
    {
        var fault = new Fault { Code = "100", Subcode = "7", Status = 400, Description = $"(#100) No page\r\n{Token} {AppId}|{AppSecret}" };
        await _world.Control.SetFaultAsync(null, "Facebook:post_subscribed_apps", fault, Cancelled);

        var failure = (await _world.RegisterAsync(_world.PageTarget())).Failure!;

        Assert.Equal($"(#100) No page  [redacted] {AppId}|[redacted] (100/7)", failure.Detail);
        Assert.Matches("^[A-Za-z0-9_-]{11}$", failure.RequestId);
    }

    private Task<ProviderResult<Registered>> FreshRegisterAsync(WebhookTarget target)
    {
        // A pause that the observation has earned is over by then, for the page as well as for the app.
        _world.Clock.Advance(TimeSpan.FromHours(1));
        return _world.RegisterAsync(target);
    }

    private static string Advice(ProviderFailure failure) => failure switch
    {
        ProviderFailure.InvalidCredentials invalid => invalid.Advice ?? "",
        ProviderFailure.InsufficientPermission missing => missing.Advice ?? "",
        ProviderFailure.AccountMismatch mismatch => mismatch.Advice,
        ProviderFailure.Rejected rejected => rejected.Advice,
        _ => "",
    };
}
