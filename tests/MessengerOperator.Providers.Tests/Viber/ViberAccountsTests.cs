using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Viber;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Viber;

/// <summary>The account half against the simulator, which calls a receiver while a webhook is set.</summary>
public sealed class ViberAccountsTests : IAsyncLifetime
{
    private const string BotId = "pa:750000000000000001";
    private const string Uri = "acmesupport";
    private const string Name = "Acme Support";

    private SimulatorApp _simulator = null!;
    private SimulatorControl _control = null!;
    private ServiceProvider _services = null!;
    private IProviderAccounts _accounts = null!;
    private WebApplication _receiver = null!;
    private WebhookTarget _target = null!;
    private int _answer = 200;
    private bool _probeWasSigned;

    public static TheoryData<string, Fault, Type> Failures
    {
        get
        {
            var failures = new TheoryData<string, Fault, Type>
            {
                { "HTTP 502", ViberFaults.BadGateway, typeof(ProviderFailure.Unavailable) },
                { "page with 200", new Fault { Kind = FaultKind.Html, Status = 200 }, typeof(ProviderFailure.Unavailable) },
                { "no body", new Fault { Kind = FaultKind.EmptyBody }, typeof(ProviderFailure.Unavailable) },
                { "half a body", new Fault { Kind = FaultKind.Garbage }, typeof(ProviderFailure.Unavailable) },
                { "no status", new Fault { Status = 200, Body = "{\"chat_hostname\":\"SN-CHAT-01_\"}" }, typeof(ProviderFailure.Unavailable) },
                { "reset", new Fault { Kind = FaultKind.ConnectionReset }, typeof(ProviderFailure.Unavailable) },
                { "HTTP 429", new Fault { Status = 429 }, typeof(ProviderFailure.Throttled) },
                { "a number nobody knows", ViberFaults.GeneralError, typeof(ProviderFailure.Unavailable) },
            };
            for (var status = 1; status <= 24; status++)
            {
                failures.Add($"status {status}", ViberFaults.Status(status), MeaningOf(status));
            }

            return failures;
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RegisteredWebhook Ours => new(BotId, RegistrationScope.Account, [_target.Url]);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorApp.StartAsync(new SimulatorOptions(), Cancelled);
        _control = _simulator.CreateControl();
        await _control.CreateAccountAsync(new AccountRequest { Provider = "Viber", Id = BotId, Token = ViberUnderTest.Token, Username = Uri, FirstName = Name, LocalMode = true }, Cancelled);
        _services = new ServiceCollection()
            .AddLogging()
            .AddProviders()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["Viber"] = _simulator.ProviderUri;
                http.TimeoutSeconds = 20;
            })
            .BuildServiceProvider();
        Assert.True(_services.GetRequiredService<ProviderRegistry>().TryGet("Viber", out var viber));
        _accounts = viber.CreateAccounts(_services.GetRequiredService<ProviderHttp>());
        await StartReceiverAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(Uri)]
    [InlineData("AcmeSupport")]
    [InlineData("acme support")]
    public async Task The_right_token_tells_the_account(string username)
    {
        var identity = Ok(await _accounts.TestConnectionAsync(Account(username: username), Cancelled));

        Assert.Equal((BotId, Uri, Name), (identity.Id, identity.Username, identity.DisplayName));
    }

    [Fact]
    public async Task A_token_of_another_bot_is_a_mismatch_that_names_it() => Assert.Contains(
        Uri,
        Assert.IsType<ProviderFailure.AccountMismatch>((await _accounts.TestConnectionAsync(Account(username: "otherbot"), Cancelled)).Failure).Detail,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee1100")]
    [InlineData("malformed")]
    [InlineData("mal\nformed")]
    [InlineData("mälformed")]
    public async Task A_token_that_is_not_genuine_is_refused_or_never_sent(string token) =>
        Assert.True((await _accounts.TestConnectionAsync(Account(token), Cancelled)).Failure is ProviderFailure.InvalidCredentials or ProviderFailure.Unavailable);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_answers_has_one_meaning(string name, Fault fault, Type failure)
    {
        Assert.NotEmpty(name);
        await _control.SetFaultAsync(BotId, "get_account_info", fault, Cancelled);

        Assert.IsType(failure, (await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure);
        Assert.NotNull((await _accounts.ObserveAsync(Account("other"), _target, Cancelled)).Failure);
    }

    [Theory]
    [InlineData("blocked", "blocked")]
    [InlineData("suspended", "suspended")]
    public async Task A_bot_that_viber_stopped_is_told_what_to_do(string setting, string advice)
    {
        await _control.ChangeAccountSettingsAsync(BotId, new Dictionary<string, string?> { [setting] = "true" }, Cancelled);

        Assert.Contains(advice, Assert.IsType<ProviderFailure.InsufficientPermission>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throttled_account_pauses_for_a_minute_and_asks_nobody_meanwhile()
    {
        await _control.SetFaultAsync(BotId, "*", ViberFaults.Status(12), Cancelled);

        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<ProviderFailure.Throttled>((await _accounts.TestConnectionAsync(Account(), Cancelled)).Failure).After);
        Assert.IsType<ProviderFailure.Throttled>((await _accounts.ObserveAsync(Account(), _target, Cancelled)).Failure);
        Assert.Equal(1, (await _control.GetCallsAsync(cancellationToken: Cancelled)).Total);
    }

    [Fact]
    public async Task A_registration_is_checked_by_a_signed_call_reads_back_without_differences_and_goes_again()
    {
        Assert.Equal(["url", "eventTypes"], Ok(await _accounts.ObserveAsync(Account(), _target, Cancelled)).Differences);
        Ok(await _accounts.RegisterAsync(Account(), _target, Cancelled));

        Assert.True(_probeWasSigned);
        var observed = Ok(await _accounts.ObserveAsync(Account(), _target, Cancelled));
        Assert.Equal((_target.Url.AbsoluteUri, 0), (observed.Url, observed.Differences.Count));
        var registered = (await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current!;
        Assert.Equal(("true", "false"), (registered.Settings["sendName"], registered.Settings["sendPhoto"]));
        Assert.Equal(Deregistration.Removed, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
    }

    [Fact]
    public async Task An_event_kind_that_somebody_switched_off_is_a_difference()
    {
        Ok(await _accounts.RegisterAsync(Account(), _target, Cancelled));
        await _control.OverwriteWebhookAsync(BotId, new() { AllowedUpdates = ["delivered", "seen"] }, Cancelled);

        Assert.Equal(["eventTypes"], Ok(await _accounts.ObserveAsync(Account(), _target, Cancelled)).Differences);
    }

    [Fact]
    public async Task Somebody_elses_registration_is_seen_as_a_difference_and_left_alone()
    {
        await _control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example/hook" }, Cancelled);

        Assert.Contains("url", Ok(await _accounts.ObserveAsync(Account(), _target, Cancelled)).Differences);
        Assert.True(Ok(await _accounts.ObserveAsync(Account(), _target, Cancelled)).DeliversElsewhere);
        Assert.Equal(Deregistration.NotOurs, Ok(await _accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.NotNull((await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Fact]
    public async Task The_webhook_of_another_bot_is_left_alone_also_at_our_url()
    {
        Ok(await _accounts.RegisterAsync(Account(), _target, Cancelled));

        Assert.IsType<ProviderFailure.AccountMismatch>((await _accounts.DeregisterAsync(Account(), Ours with { AccountId = "pa:1" }, Cancelled)).Failure);
        Assert.NotNull((await _control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task A_receiver_that_does_not_answer_vibers_check_is_rejected_for_now_with_advice(int answer)
    {
        _answer = answer;
        // Viber gives a trace, or nothing; never does it decide.
        for (var i = 0; i < 3; i++)
        {
            var rejected = Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), _target, Cancelled)).Failure);
            Assert.True(rejected.Retry);
            Assert.Contains("certificate", rejected.Advice, StringComparison.Ordinal);
            Assert.Contains("443", rejected.Advice, StringComparison.Ordinal);
        }

        _answer = 200;
        Ok(await _accounts.RegisterAsync(Account(), _target, Cancelled));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_request_that_viber_does_not_understand_is_not_repeated(int status)
    {
        await _control.SetFaultAsync(BotId, "set_webhook", ViberFaults.Status(status), Cancelled);

        Assert.False(Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), _target, Cancelled)).Failure).Retry);
    }

    [Fact]
    public async Task The_providers_words_are_passed_on_without_secrets_and_on_one_line()
    {
        await _control.SetFaultAsync(BotId, "set_webhook", ViberFaults.Status(1) with { Description = $"Result[\r\n{ViberUnderTest.Token}]" }, Cancelled);

        Assert.Equal("Result[  [redacted]]", Assert.IsType<ProviderFailure.Rejected>((await _accounts.RegisterAsync(Account(), _target, Cancelled)).Failure).Detail);
    }

    [Fact]
    public void The_token_does_not_tell_the_account() => Assert.Null(_accounts.AccountIdOf(Account()));

    // The page's table, once more and by hand.
    private static Type MeaningOf(int status) => status switch
    {
        2 => typeof(ProviderFailure.InvalidCredentials),
        3 or 4 => typeof(ProviderFailure.Rejected),
        7 or 9 or 15 or 23 or 24 => typeof(ProviderFailure.InsufficientPermission),
        8 => typeof(ProviderFailure.AccountMismatch),
        12 => typeof(ProviderFailure.Throttled),
        _ => typeof(ProviderFailure.Unavailable),
    };

    private static ProviderAccount Account(string token = ViberUnderTest.Token, string username = Uri)
    {
        using var settings = JsonDocument.Parse($$"""{"botUsername":"{{username}}" }""");
        return new ProviderAccount("uid", new ProviderSettings(settings.RootElement.Clone()), new Dictionary<string, Secret> { ["authToken"] = new(token) });
    }

    private static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");

    private async Task StartReceiverAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _receiver = builder.Build();
        _receiver.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(ViberUnderTest.Token), body.ToArray()));
            _probeWasSigned = context.Request.Headers["X-Viber-Content-Signature"] == expected;
            context.Response.StatusCode = _answer;
        });
        await _receiver.StartAsync(Cancelled);
        _target = new(new Uri(new Uri(_receiver.Urls.First()), "contact-centre/acme"), new Secret("generated-webhook-token-0123456789"));
    }
}
