using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Tests.Suites;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Line;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>The account half against the simulator.</summary>
public sealed class LineAccountsTests : IAsyncLifetime
{
    private const string BotId = "U0123456789abcdef0123456789abcdef";
    private const string Token = "bWFkZSB1cCBsb25nLWxpdmVkIGNoYW5uZWwgYWNjZXNzIHRva2Vu+/bWFkZSB1cA==";
    private const string ChannelSecret = LineUnderTest.ChannelSecret;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 30, TimeSpan.Zero);

    // What holds whichever call meets it.
    private static readonly (string Name, Fault Fault, Type Failure)[] Meanings =
    [
        ("unauthorized", LineFaults.Unauthorized, typeof(ProviderFailure.InvalidCredentials)),
        ("forbidden", LineFaults.Forbidden, typeof(ProviderFailure.InsufficientPermission)),
        ("rate limited", LineFaults.RateLimited, typeof(ProviderFailure.Throttled)),
        ("monthly limit", LineFaults.MonthlyLimit, typeof(ProviderFailure.Throttled)),
        ("internal error", LineFaults.InternalError, typeof(ProviderFailure.Unavailable)),
        ("unavailable", LineFaults.Unavailable, typeof(ProviderFailure.Unavailable)),
        ("bad gateway", LineFaults.BadGateway, typeof(ProviderFailure.Unavailable)),
        ("500 with a page", new Fault { Kind = FaultKind.Html, Status = 500 }, typeof(ProviderFailure.Unavailable)),
        ("401 with a page", new Fault { Kind = FaultKind.Html, Status = 401 }, typeof(ProviderFailure.Unavailable)),
        ("200 with a page", new Fault { Kind = FaultKind.Html, Status = 200 }, typeof(ProviderFailure.Unavailable)),
        ("no body", new Fault { Kind = FaultKind.EmptyBody }, typeof(ProviderFailure.Unavailable)),
        ("cut body", new Fault { Kind = FaultKind.Garbage }, typeof(ProviderFailure.Unavailable)),
        ("reset", new Fault { Kind = FaultKind.ConnectionReset }, typeof(ProviderFailure.Unavailable)),
        ("closed", new Fault { Kind = FaultKind.CloseWithoutAnswer }, typeof(ProviderFailure.Unavailable)),
        ("silence", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, typeof(ProviderFailure.Unavailable)),
    ];

    private readonly PlantedLog _log = new();
    private SimulatorApp _simulator = null!;
    private SimulatorControl _control = null!;
    private ServiceProvider _services = null!;
    private LineReceiver _receiver = null!;
    private IProviderAccounts _accounts = null!;

    public static TheoryData<string, Fault, Type> Failures => [.. Meanings];

    /// <summary>The same deadline holds for every call, so waiting for it once is enough.</summary>
    public static TheoryData<string, Fault, Type> PromptFailures => [.. Meanings.Where(meaning => meaning.Fault.Kind != FaultKind.Slow)];

    /// <summary>Of the second step of the test: whose secret it is.</summary>
    public static TheoryData<string, Fault, Type?> SecretAnswers => new()
    {
        { "invalid client", LineFaults.InvalidClient, typeof(ProviderFailure.InvalidCredentials) },
        { "invalid client with 401", new Fault { Status = 401, Code = "invalid_client" }, typeof(ProviderFailure.InvalidCredentials) },
        { "invalid request", LineFaults.InvalidRequest, typeof(ProviderFailure.InvalidCredentials) },
        { "unauthorized client", LineFaults.UnauthorizedClient, null },
        { "unsupported grant", new Fault { Status = 400, Code = "unsupported_grant_type" }, null },
        { "forbidden", LineFaults.Forbidden, null },
        { "not found", LineFaults.NotFound, null },
        { "rate limited", LineFaults.RateLimited, typeof(ProviderFailure.Throttled) },
        { "internal error", LineFaults.InternalError, typeof(ProviderFailure.Unavailable) },
        { "bad gateway", LineFaults.BadGateway, typeof(ProviderFailure.Unavailable) },
        { "400 with a page", new Fault { Kind = FaultKind.Html, Status = 400 }, typeof(ProviderFailure.Unavailable) },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private WebhookTarget Target => new(_receiver.Url, new Secret("generated-webhook-token-0123456789"));

    private RegisteredWebhook Ours => new(BotId, RegistrationScope.Account, [_receiver.Url]);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorApp.StartAsync(new SimulatorOptions(), Cancelled);
        _control = _simulator.CreateControl();
        _receiver = await LineReceiver.StartAsync(ChannelSecret, Cancelled);
        await _control.CreateAccountAsync(
            new()
            {
                Provider = "Line",
                Id = BotId,
                Token = Token,
                Username = "@123abcde",
                FirstName = "Acme Support",
                LocalMode = true,
                Settings = new Dictionary<string, string?> { ["channelSecret"] = ChannelSecret },
            },
            Cancelled);
        _services = new ServiceCollection()
            .AddSingleton<ILoggerProvider>(_log)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(new StandingClock())
            .AddProviders()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["Line"] = _simulator.ProviderUri;
                http.TimeoutSeconds = 5;
            })
            .BuildServiceProvider();
        _accounts = TestProviders.Get("Line").CreateAccounts(_services.GetRequiredService<ProviderHttp>());
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("@123abcde")]
    [InlineData("123ABCDE")]
    [InlineData("@acmesupport")]
    [InlineData("AcmeSupport")]
    [InlineData("acme support")]
    public async Task The_right_token_tells_the_account_by_any_of_its_names(string? displayName)
    {
        await _control.ChangeAccountSettingAsync(BotId, "premiumId", "@acmesupport", Cancelled);

        var identity = Ok(await _accounts.TestConnectionAsync(Account() with { DisplayName = displayName }, Cancelled));

        Assert.Equal((BotId, "@123abcde", "Acme Support"), (identity.Id, identity.Username, identity.DisplayName));
        Assert.Empty(identity.Warnings);
    }

    [Fact]
    public async Task A_token_of_another_account_is_a_mismatch_that_names_it() => Assert.Equal(
        "the token belongs to @123abcde (Acme Support)",
        Assert.IsType<ProviderFailure.AccountMismatch>((await _accounts.TestConnectionAsync(Account() with { DisplayName = "@other" }, Cancelled)).Failure).Detail);

    [Fact]
    public async Task A_token_that_is_not_genuine_is_refused_with_where_to_get_one()
    {
        var refused = Assert.IsType<ProviderFailure.InvalidCredentials>((await _accounts.TestConnectionAsync(Account(token: "bWFkZSB1cA=="), Cancelled)).Failure);
        Assert.Contains("channel access token", refused.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        await _control.ChangeAccountSettingAsync(BotId, "tokenExpiresInSeconds", "0", Cancelled);
        Assert.IsType<ProviderFailure.InvalidCredentials>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
    }

    [Fact]
    public async Task A_secret_of_another_channel_is_told_from_a_bad_token()
    {
        var refused = Assert.IsType<ProviderFailure.InvalidCredentials>((await _accounts.TestConnectionAsync(Account(secret: "00000000000000000000000000000000"), Cancelled)).Failure);
        Assert.Contains("channel secret is not that of the token's channel", refused.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LongLived", null, "verifyChannelToken")]
    [InlineData("ShortLived", "2026-12-24T08:00:00Z", "verifyChannelToken")]
    public async Task An_opaque_tokens_expiry_is_known(string kind, string? expiry, string verification)
    {
        await _control.ChangeAccountSettingAsync(BotId, "tokenKind", kind, Cancelled);

        var identity = Ok(await _accounts.TestConnectionAsync(Account(), Cancelled));

        Assert.Equal(expiry is null ? null : DateTimeOffset.Parse(expiry, System.Globalization.CultureInfo.InvariantCulture), identity.CredentialsExpireAt);
        Assert.Equal(["getBotInfo", verification, "issueStatelessChannelToken"], await CallsAsync());
    }

    [Fact]
    public async Task A_jwts_expiry_is_known_from_the_other_verification()
    {
        await BecomeAsync("V21", "eyJhbGciOiJIUzI1NiJ9.bWFkZSB1cA.c2ln-_");

        var identity = Ok(await _accounts.TestConnectionAsync(Account(token: "eyJhbGciOiJIUzI1NiJ9.bWFkZSB1cA.c2ln-_"), Cancelled));

        Assert.Equal(new DateTimeOffset(2026, 12, 24, 8, 0, 0, TimeSpan.Zero), identity.CredentialsExpireAt);
        Assert.Empty(identity.Warnings);
        Assert.Equal(["getBotInfo", "verifyChannelTokenByJWT", "issueStatelessChannelToken"], await CallsAsync());
    }

    [Fact]
    public async Task A_token_that_looks_like_another_kind_is_asked_about_at_both()
    {
        await BecomeAsync("V21", "opaque");
        Assert.Empty(Ok(await _accounts.TestConnectionAsync(Account(token: "opaque"), Cancelled)).Warnings);
    }

    [Fact]
    public async Task A_token_that_no_verification_knows_is_good_and_a_warning_says_what_is_not_proven()
    {
        await BecomeAsync("Stateless", "eyJ0eXAiOiJKV1QifQ.bWFkZSB1cA.c2ln");

        var identity = Ok(await _accounts.TestConnectionAsync(Account(token: "eyJ0eXAiOiJKV1QifQ.bWFkZSB1cA.c2ln", secret: "not-asked-about"), Cancelled));

        Assert.Null(identity.CredentialsExpireAt);
        Assert.Contains("did not tell whether the channel secret", Assert.Single(identity.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SecretAnswers))]
    public async Task Only_a_refused_secret_fails_the_account(string answer, Fault fault, Type? failure)
    {
        Assert.NotEmpty(answer);
        await _control.SetFaultAsync(BotId, "issueStatelessChannelToken", fault, Cancelled);

        var result = await _accounts.TestConnectionAsync(Account(), Cancelled);

        Assert.Equal(failure, result.Failure?.GetType());
        if (failure is null)
        {
            Assert.Contains("did not tell", Assert.Single(Ok(result).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task That_people_may_answer_too_is_a_warning()
    {
        await _control.ChangeAccountSettingAsync(BotId, "chatMode", "chat", Cancelled);
        Assert.Contains("people may answer there", Assert.Single(Ok(await _accounts.TestConnectionAsync(Account(), Cancelled)).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_answers_has_one_meaning(string name, Fault fault, Type failure)
    {
        Assert.NotEmpty(name);
        await _control.SetFaultAsync(BotId, "*", fault, Cancelled);

        Assert.IsType(failure, (await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
    }

    [Theory]
    [MemberData(nameof(PromptFailures))]
    public async Task And_the_same_when_the_registration_is_read_written_or_removed(string name, Fault fault, Type failure)
    {
        Assert.NotEmpty(name);
        await _control.SetFaultAsync(BotId, "*", fault, Cancelled);
        Assert.IsType(failure, (await _accounts.ObserveAsync(Account("a"), Target, Cancelled)).Failure);
        Assert.IsType(failure, (await _accounts.RegisterAsync(Account("b"), Target, Cancelled)).Failure);
        Assert.IsType(failure, (await _accounts.DeregisterAsync(Account("c"), Ours, Cancelled)).Failure);
    }

    [Fact]
    public async Task Without_a_time_to_wait_it_is_a_minute()
    {
        await _control.SetFaultAsync(BotId, "getBotInfo", LineFaults.RateLimited, Cancelled);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<ProviderFailure.Throttled>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure).After);
    }

    [Fact]
    public async Task LINEs_id_of_a_failed_request_is_in_the_log_and_not_in_the_event()
    {
        await _control.SetFaultAsync(BotId, "getBotInfo", LineFaults.InternalError with { Headers = new Dictionary<string, string> { ["x-line-request-id"] = "9f2c-request" } }, Cancelled);

        var failure = (await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure;

        Assert.Contains(_log.Lines, line => line.Contains("9f2c-request", StringComparison.Ordinal));
        Assert.DoesNotContain("9f2c-request", failure?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_is_tested_reads_back_without_differences_and_goes_again()
    {
        var before = Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled));
        Assert.Null(before.Url);
        Assert.Equal(["endpoint"], before.Differences);

        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));

        var after = Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled));
        Assert.Equal(_receiver.Url.AbsoluteUri, after.Url);
        Assert.Empty(after.Differences);
        Assert.Null(after.ManualAction);
        Assert.Equal(1, (await _control.GetCallsAsync(BotId, cancellationToken: Cancelled)).Of("testWebhookEndpoint"));

        Assert.Equal(Deregistration.Removed, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
    }

    [Fact]
    public async Task The_test_is_of_our_endpoint_even_while_the_former_is_in_effect()
    {
        await _control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example.invalid/hook" }, Cancelled);
        await _control.ChangeAccountSettingAsync(BotId, "endpointDelaySeconds", "60", Cancelled);

        Assert.True(Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled)).Changed);
    }

    [Fact]
    public async Task While_the_switch_is_off_somebody_has_to_turn_it_on_but_only_for_our_endpoint()
    {
        await _control.ChangeAccountSettingAsync(BotId, "active", "false", Cancelled);
        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));

        Assert.Contains("'Use webhook'", Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).ManualAction, StringComparison.Ordinal);
        Assert.Null(Ok(await _accounts.ObserveAsync(Account(), Target with { Url = new Uri("https://other.example.invalid/hook") }, Cancelled)).ManualAction);
    }

    [Fact]
    public async Task Somebody_elses_endpoint_is_seen_as_a_difference_and_left_alone()
    {
        await _control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example.invalid/hook" }, Cancelled);

        Assert.Equal(["endpoint"], Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).Differences);
        Assert.Equal(Deregistration.NotOurs, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.NotNull((await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Fact]
    public async Task With_the_token_of_another_account_nothing_is_removed()
    {
        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));

        Assert.IsType<ProviderFailure.AccountMismatch>((await _accounts.DeregisterAsync(Account(), Ours with { AccountId = "Uffffffffffffffffffffffffffffffff" }, Cancelled)).Failure);
        Assert.NotNull((await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Fact]
    public async Task When_LINE_will_not_clear_the_endpoint_the_failure_is_final_and_says_what_to_do()
    {
        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));
        await _control.ChangeAccountSettingAsync(BotId, "acceptsEmptyEndpoint", "false", Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.DeregisterAsync(Account(), Ours, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("turn off 'Use webhook'", rejected.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_that_is_too_long_is_refused_before_any_call()
    {
        var target = Target with { Url = new Uri($"https://hooks.acme.example/{new string('a', 480)}") };

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), target, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("500 characters", rejected.Advice, StringComparison.Ordinal);
        Assert.Empty(await CallsAsync());
    }

    [Fact]
    public async Task A_url_that_LINE_does_not_like_is_refused_with_its_words_in_the_event()
    {
        await _control.SetLocalModeAsync(BotId, enabled: false, Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), Target, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("spec.webhook.url", rejected.Advice, StringComparison.Ordinal);
        Assert.Equal("Invalid webhook endpoint URL; endpoint: Must be a valid HTTPS URL", rejected.Detail);
    }

    [Fact]
    public async Task What_LINE_repeats_of_the_request_is_passed_on_without_secrets_and_on_one_line()
    {
        await _control.SetFaultAsync(BotId, "setWebhookEndpoint", new Fault { Status = 400, Description = $"Bearer {Token}\r\n{ChannelSecret}" }, Cancelled);

        Assert.Equal("Bearer [redacted]  [redacted]", (await _accounts.RegisterAsync(Account(), Target, Cancelled)).Failure?.Detail);
    }

    [Fact]
    public async Task A_receiver_with_another_secret_fails_the_test_call_and_the_advice_says_so()
    {
        await _control.ChangeAccountSettingAsync(BotId, "channelSecret", "00000000000000000000000000000001", Cancelled);

        var rejected = await TestFailsAsync(Target);

        Assert.Contains("channel secret is the channel's present one", rejected.Advice, StringComparison.Ordinal);
        Assert.Equal("ERROR_STATUS_CODE 401: 401", rejected.Detail);
    }

    [Fact]
    public async Task A_receiver_that_is_too_slow_fails_the_test_call()
    {
        _receiver.Instead = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        Assert.Contains("within its 2 seconds", (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_nobody_listens_at_fails_the_test_call() =>
        Assert.Contains("cannot connect", (await TestFailsAsync(Target with { Url = new Uri("http://127.0.0.1:9/hook") })).Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":-1,\"reason\":\"UNCLASSIFIED\",\"detail\":\"?\"}", "no known reason")]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":0,\"reason\":\"could_not_connect\",\"detail\":\"?\"}", "cannot connect")]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":0,\"reason\":\"A_NEW_ONE\",\"detail\":\"?\"}", "no known reason")]
    public async Task Every_reason_of_a_failed_test_has_its_advice(string answer, string advice)
    {
        await _control.SetFaultAsync(BotId, "testWebhookEndpoint", new Fault { Status = 200, Body = answer }, Cancelled);
        Assert.Contains(advice, (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_test_that_LINE_refuses_is_tried_again(int status)
    {
        await _control.SetFaultAsync(BotId, "testWebhookEndpoint", new Fault { Status = status }, Cancelled);
        Assert.Contains("does not test it yet", (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_does_not_tell_its_account() => Assert.Null(_accounts.AccountIdOf(Account()));

    [Fact]
    public void A_new_channel_secret_is_a_new_registration() => Assert.NotEqual(
        _accounts.UnreadableSettings(Account(), Target).Reveal(), _accounts.UnreadableSettings(Account(secret: "another"), Target).Reveal());

    private async Task<ProviderFailure.Rejected> TestFailsAsync(WebhookTarget target)
    {
        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), target, Cancelled)).Failure);
        Assert.True(rejected.Retry);
        Assert.Equal(target.Url.AbsoluteUri, (await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current?.Url);
        return rejected;
    }

    private async Task BecomeAsync(string kind, string token)
    {
        await _control.ChangeAccountSettingAsync(BotId, "tokenKind", kind, Cancelled);
        await _control.RevokeTokenAsync(BotId, token, Cancelled);
    }

    private async Task<IEnumerable<string>> CallsAsync() => (await _control.GetCallsAsync(BotId, cancellationToken: Cancelled)).Calls.Select(call => call.Method);

    private static ProviderAccount Account(string budget = "uid", string token = Token, string secret = ChannelSecret)
    {
        using var settings = JsonDocument.Parse("{}");
        return new ProviderAccount(budget, new ProviderSettings(settings.RootElement.Clone()), new Dictionary<string, Secret>
        {
            ["channelAccessToken"] = new(token),
            ["channelSecret"] = new(secret),
        });
    }

    private static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");

    /// <summary>Always the same date; timers are real.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
