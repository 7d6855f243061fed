using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Line;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>Whose credentials are whose, and what each of LINE's answers means, against the simulator.</summary>
public sealed class LineAccountsTests : LineAccountTestBase
{
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

    [Theory]
    [InlineData(null)]
    [InlineData("@123abcde")]
    [InlineData("123ABCDE")]
    [InlineData("@acmesupport")]
    [InlineData("AcmeSupport")]
    [InlineData("acme support")]
    public async Task The_right_token_tells_the_account_by_any_of_its_names(string? displayName)
    {
        await Control.ChangeAccountSettingAsync(BotId, "premiumId", "@acmesupport", Cancelled);

        var identity = Ok(await Accounts.TestConnectionAsync(Account() with { DisplayName = displayName }, Cancelled));

        Assert.Equal((BotId, "@123abcde", "Acme Support"), (identity.Id, identity.Username, identity.DisplayName));
        Assert.Empty(identity.Warnings);
    }

    [Fact]
    public async Task A_token_of_another_account_is_a_mismatch_that_names_it() => Assert.Equal(
        "the token belongs to @123abcde (Acme Support)",
        Assert.IsType<ProviderFailure.AccountMismatch>((await Accounts.TestConnectionAsync(Account() with { DisplayName = "@other" }, Cancelled)).Failure).Detail);

    [Fact]
    public async Task A_token_that_is_not_genuine_is_refused_with_where_to_get_one()
    {
        var refused = Assert.IsType<ProviderFailure.InvalidCredentials>((await Accounts.TestConnectionAsync(Account(token: "bWFkZSB1cA=="), Cancelled)).Failure);
        Assert.Contains("channel access token", refused.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        await Control.ChangeAccountSettingAsync(BotId, "tokenExpiresInSeconds", "0", Cancelled);
        Assert.IsType<ProviderFailure.InvalidCredentials>((await Accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
    }

    [Fact]
    public async Task A_secret_of_another_channel_is_told_from_a_bad_token()
    {
        var refused = Assert.IsType<ProviderFailure.InvalidCredentials>((await Accounts.TestConnectionAsync(Account(secret: "00000000000000000000000000000000"), Cancelled)).Failure);
        Assert.Contains("channel secret is not that of the token's channel", refused.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LongLived", null, "verifyChannelToken")]
    [InlineData("ShortLived", "2026-12-24T08:00:00Z", "verifyChannelToken")]
    public async Task An_opaque_tokens_expiry_is_known(string kind, string? expiry, string verification)
    {
        await Control.ChangeAccountSettingAsync(BotId, "tokenKind", kind, Cancelled);

        var identity = Ok(await Accounts.TestConnectionAsync(Account(), Cancelled));

        Assert.Equal(expiry is null ? null : DateTimeOffset.Parse(expiry, System.Globalization.CultureInfo.InvariantCulture), identity.CredentialsExpireAt);
        Assert.Equal(["getBotInfo", verification, "issueStatelessChannelToken"], await CallsAsync());
    }

    [Fact]
    public async Task A_jwts_expiry_is_known_from_the_other_verification()
    {
        await BecomeAsync("V21", "eyJhbGciOiJIUzI1NiJ9.bWFkZSB1cA.c2ln-_");

        var identity = Ok(await Accounts.TestConnectionAsync(Account(token: "eyJhbGciOiJIUzI1NiJ9.bWFkZSB1cA.c2ln-_"), Cancelled));

        Assert.Equal(new DateTimeOffset(2026, 12, 24, 8, 0, 0, TimeSpan.Zero), identity.CredentialsExpireAt);
        Assert.Empty(identity.Warnings);
        Assert.Equal(["getBotInfo", "verifyChannelTokenByJWT", "issueStatelessChannelToken"], await CallsAsync());
    }

    [Fact]
    public async Task A_token_that_looks_like_another_kind_is_asked_about_at_both()
    {
        await BecomeAsync("V21", "opaque");
        Assert.Empty(Ok(await Accounts.TestConnectionAsync(Account(token: "opaque"), Cancelled)).Warnings);
    }

    [Fact]
    public async Task A_token_that_no_verification_knows_is_good_and_a_warning_says_what_is_not_proven()
    {
        await BecomeAsync("Stateless", "eyJ0eXAiOiJKV1QifQ.bWFkZSB1cA.c2ln");

        var identity = Ok(await Accounts.TestConnectionAsync(Account(token: "eyJ0eXAiOiJKV1QifQ.bWFkZSB1cA.c2ln", secret: "not-asked-about"), Cancelled));

        Assert.Null(identity.CredentialsExpireAt);
        Assert.Contains("did not tell whether the channel secret", Assert.Single(identity.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SecretAnswers))]
    public async Task Only_a_refused_secret_fails_the_account(string answer, Fault fault, Type? failure)
    {
        Assert.NotEmpty(answer);
        await Control.SetFaultAsync(BotId, "issueStatelessChannelToken", fault, Cancelled);

        var result = await Accounts.TestConnectionAsync(Account(), Cancelled);

        Assert.Equal(failure, result.Failure?.GetType());
        if (failure is null)
        {
            Assert.Contains("did not tell", Assert.Single(Ok(result).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task That_people_may_answer_too_is_a_warning()
    {
        await Control.ChangeAccountSettingAsync(BotId, "chatMode", "chat", Cancelled);
        Assert.Contains("people may answer there", Assert.Single(Ok(await Accounts.TestConnectionAsync(Account(), Cancelled)).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_answers_has_one_meaning(string name, Fault fault, Type failure)
    {
        Assert.NotEmpty(name);
        await Control.SetFaultAsync(BotId, "*", fault, Cancelled);

        Assert.IsType(failure, (await Accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
    }

    [Theory]
    [MemberData(nameof(PromptFailures))]
    public async Task And_the_same_when_the_registration_is_read_written_or_removed(string name, Fault fault, Type failure)
    {
        Assert.NotEmpty(name);
        await Control.SetFaultAsync(BotId, "*", fault, Cancelled);
        Assert.IsType(failure, (await Accounts.ObserveAsync(Account("a"), Target, Cancelled)).Failure);
        Assert.IsType(failure, (await Accounts.RegisterAsync(Account("b"), Target, Cancelled)).Failure);
        Assert.IsType(failure, (await Accounts.DeregisterAsync(Account("c"), Ours, Cancelled)).Failure);
    }

    [Fact]
    public async Task Without_a_time_to_wait_it_is_a_minute()
    {
        await Control.SetFaultAsync(BotId, "getBotInfo", LineFaults.RateLimited, Cancelled);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<ProviderFailure.Throttled>((await Accounts.TestConnectionAsync(Account(), Cancelled)).Failure).After);
    }

    [Fact]
    public async Task LINEs_id_of_a_failed_request_is_in_the_log_and_not_in_the_event()
    {
        await Control.SetFaultAsync(BotId, "getBotInfo", LineFaults.InternalError with { Headers = new Dictionary<string, string> { ["x-line-request-id"] = "9f2c-request" } }, Cancelled);

        var failure = (await Accounts.TestConnectionAsync(Account(), Cancelled)).Failure;

        Assert.Contains(Log.Lines, line => line.Contains("9f2c-request", StringComparison.Ordinal));
        Assert.DoesNotContain("9f2c-request", failure?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_does_not_tell_its_account() => Assert.Null(Accounts.AccountIdOf(Account()));

    private async Task BecomeAsync(string kind, string token)
    {
        await Control.ChangeAccountSettingAsync(BotId, "tokenKind", kind, Cancelled);
        await Control.RevokeTokenAsync(BotId, token, Cancelled);
    }
}
