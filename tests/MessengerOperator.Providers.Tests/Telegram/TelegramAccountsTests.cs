using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;
using MessengerOperator.ProviderSimulator.Telegram;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Tests.Telegram;

/// <summary>The account half against the simulator.</summary>
public sealed class TelegramAccountsTests : IAsyncLifetime
{
    private const string BotId = "7012345678";
    private const string Token = BotId + ":AAF-made-up-token-for-the-example-00";
    private const string Username = "acme_support_bot";
    private static readonly RegisteredWebhook Ours = new("700000001", RegistrationScope.Account, [new Uri("https://hooks.acme.example/contact-centre/acme")]);
    private static readonly WebhookTarget Target = new(new Uri("https://hooks.acme.example/contact-centre/acme"), new Secret("generated-webhook-token-0123456789"));

    private readonly SimulatorOptions _options = new() { Resolve = [new NameOverride { Host = "hooks.acme.example", Addresses = ["203.0.113.10"], ConnectTo = "127.0.0.1:9" }] };
    private SimulatorApp _simulator = null!;
    private SimulatorControl _control = null!;
    private ServiceProvider _services = null!;
    private IProviderAccounts _accounts = null!;

    public static TheoryData<Fault, Type> Failures => new()
    {
        { TelegramFaults.Unauthorized, typeof(ProviderFailure.InvalidCredentials) },
        { new Fault { Status = 403, Description = "Forbidden" }, typeof(ProviderFailure.InsufficientPermission) },
        { TelegramFaults.TooManyRequests(3), typeof(ProviderFailure.Throttled) },
        { TelegramFaults.Restart, typeof(ProviderFailure.Unavailable) },
        { TelegramFaults.BadGateway, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.Html, Status = 200 }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.Html, Status = 404 }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.EmptyBody }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.Garbage }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.ConnectionReset }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.CloseWithoutAnswer }, typeof(ProviderFailure.Unavailable) },
        { new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, typeof(ProviderFailure.Unavailable) },
    };

    public static TheoryData<Fault, bool, string> Refusals => new()
    {
        { TelegramFaults.NotHttps, false, "https only" },
        { TelegramFaults.Port, false, "443, 80, 88 and 8443" },
        { TelegramFaults.ReservedAddress, false, "private address" },
        { TelegramFaults.Ipv6Only, false, "no IPv4 address" },
        { TelegramFaults.Unresolvable, false, "DNS record" },
        { TelegramFaults.InvalidUrl, false, "spec.webhook.path" },
        { TelegramFaults.Conflict, true, "Another program" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorApp.StartAsync(_options, Cancelled);
        _control = _simulator.CreateControl();
        await _control.CreateTelegramAccountAsync(Token, Username, cancellationToken: Cancelled);
        _services = new ServiceCollection()
            .AddLogging()
            .AddProviders()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["Telegram"] = _simulator.ProviderUri;
                http.TimeoutSeconds = 2;
            })
            .BuildServiceProvider();
        Assert.True(_services.GetRequiredService<ProviderRegistry>().TryGet("Telegram", out var telegram));
        _accounts = telegram.CreateAccounts(_services.GetRequiredService<ProviderHttp>());
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData(Username)]
    [InlineData("ACME_Support_Bot")]
    public async Task The_right_token_tells_the_account(string username)
    {
        var identity = Ok(await _accounts.TestConnectionAsync(Account(username: username), Cancelled));

        Assert.Equal((BotId, Username), (identity.Id, identity.Username));
    }

    [Fact]
    public async Task A_token_of_another_bot_is_a_mismatch_that_names_it() =>
        Assert.Contains($"@{Username}", Assert.IsType<ProviderFailure.AccountMismatch>((await _accounts.TestConnectionAsync(Account(username: "other_bot"), Cancelled)).Failure).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData(BotId + ":AAF-another-token-of-the-right-length")]
    [InlineData("malformed")]
    public async Task A_token_that_is_not_genuine_is_refused(string token) =>
        Assert.IsType<ProviderFailure.InvalidCredentials>((await _accounts.TestConnectionAsync(Account(token), Cancelled)).Failure);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_answers_has_one_meaning(Fault fault, Type failure)
    {
        await _control.SetFaultAsync(BotId, "*", fault, Cancelled);

        Assert.IsType(failure, (await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
    }

    [Fact]
    public async Task A_pause_is_as_long_as_the_provider_asks()
    {
        await _control.SetFaultAsync(BotId, "getMe", TelegramFaults.TooManyRequests(77), Cancelled);

        Assert.Equal(TimeSpan.FromSeconds(77), Assert.IsType<ProviderFailure.Throttled>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure).After);
    }

    [Fact]
    public async Task During_a_pause_nobody_is_asked()
    {
        await _control.SetFaultAsync(BotId, "getMe", TelegramFaults.TooManyRequests(77), Cancelled);
        Assert.IsType<ProviderFailure.Throttled>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure);

        Assert.IsType<ProviderFailure.Throttled>((await _accounts.ObserveAsync(Account(), Target, Cancelled)).Failure);

        Assert.Equal(1, (await _control.GetCallsAsync(cancellationToken: Cancelled)).Total);
    }

    [Fact]
    public async Task A_registration_reads_back_without_differences_and_goes_again()
    {
        Assert.Equal(["url", "allowedUpdates", "maxConnections"], Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).Differences);
        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));

        Assert.Empty(Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).Differences);
        Assert.Equal(Target.Token.Reveal(), (await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current?.SecretToken);
        Assert.Equal(Deregistration.Removed, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
    }

    [Fact]
    public async Task Somebody_elses_registration_is_seen_as_a_difference_and_left_alone()
    {
        await _control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example/hook" }, Cancelled);

        Assert.Contains("url", Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).Differences);
        Assert.True(Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).DeliversElsewhere);
        Assert.Equal(Deregistration.NotOurs, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.NotNull((await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_registration_comes_with_its_remedy(Fault fault, bool retry, string advice)
    {
        await _control.SetFaultAsync(BotId, "setWebhook", fault, Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), Target, Cancelled)).Failure);

        Assert.Equal(retry, rejected.Retry);
        Assert.Contains(advice, rejected.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_providers_words_are_passed_on_without_secrets_and_on_one_line()
    {
        await _control.SetFaultAsync(BotId, "setWebhook", new Fault { Status = 400, Description = $"Bad Request: /bot{Token}/setWebhook\r\nsecret_token={Target.Token.Reveal()}" }, Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account() with { OtherSecrets = [Target.Token] }, Target, Cancelled)).Failure);

        Assert.Equal("Bad Request: /bot[redacted]/setWebhook  secret_token=[redacted]", rejected.Detail);
    }

    [Fact]
    public async Task Waiting_deliveries_and_their_trouble_are_reported()
    {
        Ok(await _accounts.RegisterAsync(Account(), Target, Cancelled));
        await _control.SendTextAsync(BotId, "hello", Cancelled);
        await _control.GetDeliveriesAsync(BotId, "failedAttempts:1", cancellationToken: Cancelled);

        var report = Ok(await _accounts.ObserveAsync(Account(), Target, Cancelled)).Delivery;

        Assert.Equal((1L, DeliveryError.ConnectionFailed), (report?.Pending, report?.LastError));
    }

    [Fact]
    public void The_account_is_known_from_the_token() => Assert.Equal(BotId, _accounts.AccountIdOf(Account()));

    private static ProviderAccount Account(string token = Token, string username = Username)
    {
        using var settings = JsonDocument.Parse($$"""{"botUsername":"{{username}}" }""");
        return new ProviderAccount("uid", new ProviderSettings(settings.RootElement.Clone()), new Dictionary<string, Secret> { ["apiToken"] = new(token) });
    }

    private static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");
}
