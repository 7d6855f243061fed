using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using static MessengerOperator.Providers.Tests.Facebook.FacebookWorld;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>"Test Connection" against the simulator.</summary>
public sealed class FacebookConnectionTests : IAsyncLifetime
{
    private FacebookWorld _world = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("acmesupport")]
    [InlineData("AcmeSupport")]
    [InlineData("@acmesupport")]
    [InlineData(null)]
    public async Task The_right_token_tells_the_page(string? username)
    {
        var identity = Ok(await _world.TestAsync(Account(username: username)));

        Assert.Equal((PageId, "acmesupport", "Acme Support"), (identity.Id, identity.Username, identity.DisplayName));
        Assert.Null(identity.CredentialsExpireAt);
        Assert.Empty(identity.Warnings);
    }

    [Fact]
    public async Task Another_username_is_a_mismatch() => await IsMismatchAsync(Account(username: "acmesales"), "pageUsername");

    [Fact]
    public async Task A_page_without_a_username_is_told_and_no_mismatch()
    {
        await _world.SetAsync("hasUsername", "false");

        var identity = Ok(await _world.TestAsync());

        Assert.Null(identity.Username);
        Assert.Contains("pageUsername", Assert.Single(identity.Warnings), StringComparison.Ordinal);
        Assert.Empty(Ok(await _world.TestAsync(Account(username: null))).Warnings);
    }

    [Fact]
    public async Task The_token_of_another_page_is_a_mismatch_that_names_it()
    {
        var failure = await IsMismatchAsync(Account(page: "110000000000003"), "another page");

        Assert.Contains(PageId, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USER")]
    [InlineData("SYSTEM_USER")]
    public async Task The_token_of_a_person_is_a_mismatch(string type)
    {
        await _world.SetAsync("tokenType", type);

        await IsMismatchAsync(Account(), "a person or system user");
        await IsMismatchAsync(Account(app: null), "a person or system user");
    }

    [Fact]
    public async Task The_token_of_another_app_is_a_mismatch()
    {
        await _world.SetAsync("tokenApp", "220000000000009");

        await IsMismatchAsync(Account(), "another app");
    }

    [Fact]
    public async Task Without_the_app_id_a_token_of_another_app_cannot_be_told_from_a_wrong_secret()
    {
        await _world.SetAsync("tokenApp", "220000000000009");

        await IsInvalidAsync(Account(app: null), "The app secret is not that of the app");
    }

    [Fact]
    public async Task A_wrong_app_secret_is_told() => await IsInvalidAsync(Account(secret: "ffffffffffffffffffffffffffffffff"), "appId together with the app secret");

    [Fact]
    public async Task A_wrong_app_secret_is_told_without_the_app_id() =>
        await IsInvalidAsync(Account(secret: "ffffffffffffffffffffffffffffffff", app: null), "The app secret is not that of the app");

    [Fact]
    public async Task An_unknown_app_is_told() => await IsInvalidAsync(Account(app: "220000000000009"), "appId");

    [Fact]
    public async Task After_a_reset_of_the_app_secret_the_new_one_needs_a_new_token()
    {
        await _world.SetAsync("appSecret", "0000000000000000000000000000abcd");
        await IsInvalidAsync(Account(), "page access token");

        await _world.Control.RevokeTokenAsync(PageId, "EAAnewTOKEN0002", Cancelled);

        await IsInvalidAsync(Account(token: "EAAnewTOKEN0002"), "app secret");
        Ok(await _world.TestAsync(Account(token: "EAAnewTOKEN0002", secret: "0000000000000000000000000000abcd")));
    }

    [Theory]
    [InlineData("458", "removed the app")]
    [InlineData("459", "confirm the account")]
    [InlineData("460", "changed the password")]
    [InlineData("463", "has expired")]
    [InlineData("464", "confirm the account")]
    [InlineData("467", "does not accept the page access token")]
    public async Task A_dead_token_is_told_with_why(string subcode, string advice)
    {
        await _world.SetAsync("tokenError", subcode);

        await IsInvalidAsync(Account(), advice);
    }

    [Fact]
    public async Task A_token_that_only_its_inspection_calls_dead_is_dead()
    {
        const string Dead = """{"data":{"app_id":"220000000000002","type":"PAGE","is_valid":false,"scopes":[],"error":{"code":190,"message":"Error validating access token: EAAMADEUPpageTOKEN0001","subcode":463}}}""";
        await _world.Control.SetFaultAsync(null, "Facebook:debug_token", new Fault { Status = 200, Body = Dead }, Cancelled);

        var failure = await IsInvalidAsync(Account(), "has expired");

        Assert.Equal("Error validating access token: [redacted]", failure.Detail);
    }

    [Theory]
    [InlineData("pages_messaging,pages_show_list", "lacks pages_manage_metadata;")]
    [InlineData("pages_show_list", "lacks pages_messaging and pages_manage_metadata;")]
    [InlineData("", "lacks pages_messaging and pages_manage_metadata and pages_show_list;")]
    public async Task Missing_permissions_are_named(string scopes, string says)
    {
        await _world.SetAsync("scopes", scopes);

        var failure = Assert.IsType<ProviderFailure.InsufficientPermission>((await _world.TestAsync()).Failure);

        Assert.Contains(says, failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "4000000000", 4000000000)]
    [InlineData("4000000001", "0", 4000000001)]
    [InlineData("4000000003", "4000000002", 4000000002)]
    [InlineData("4000000004", "4000000005", 4000000004)]
    public async Task The_earlier_of_the_two_expiries_counts(string expires, string dataAccessExpires, long expected)
    {
        await _world.SetAsync("expiresAt", expires);
        await _world.SetAsync("dataAccessExpiresAt", dataAccessExpires);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(expected), Ok(await _world.TestAsync()).CredentialsExpireAt);
    }

    [Fact]
    public async Task Without_the_app_id_the_token_is_tested_and_not_inspected()
    {
        Ok(await _world.TestAsync(Account(app: null)));

        Assert.Equal((1, 0), (await _world.CallsAsync("me"), await _world.CallsAsync("debug_token")));
    }

    [Fact]
    public async Task An_app_that_demands_the_proof_gets_it()
    {
        await _world.SetAsync("requireProof", "true");
        await _world.RegisterBothAsync();

        Ok(await _world.TestAsync());
        Assert.Empty(Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
        Assert.Equal(Deregistration.Removed, Ok(await _world.DeregisterAsync(PageScope)));
        Assert.Equal(Deregistration.Removed, Ok(await _world.DeregisterAsync(AppScope)));
    }

    [Fact]
    public void The_account_is_not_known_from_the_token() => Assert.Null(_world.Accounts.AccountIdOf(Account()));

    private async Task<ProviderFailure.AccountMismatch> IsMismatchAsync(ProviderAccount account, string advice)
    {
        var mismatch = Assert.IsType<ProviderFailure.AccountMismatch>((await _world.TestAsync(account)).Failure);
        Assert.Contains(advice, mismatch.Advice, StringComparison.Ordinal);
        return mismatch;
    }

    private async Task<ProviderFailure.InvalidCredentials> IsInvalidAsync(ProviderAccount account, string advice)
    {
        var invalid = Assert.IsType<ProviderFailure.InvalidCredentials>((await _world.TestAsync(account)).Failure);
        Assert.Contains(advice, invalid.Advice, StringComparison.Ordinal);
        return invalid;
    }
}
