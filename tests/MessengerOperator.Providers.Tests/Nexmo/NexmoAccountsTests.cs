using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Nexmo;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>The account half against the simulator, in both modes.</summary>
public sealed class NexmoAccountsTests : IAsyncLifetime
{
    private const string Ours = "https://hooks.acme.example/contact-centre/acme";
    private const string Theirs = "https://elsewhere.example/hook";
    private const string Sms = """{"apiKey":"abcd1234","mode":"Sms","signatureMethod":"Sha256"}""";
    private const string SmsNumber = """{"apiKey":"abcd1234","mode":"Sms","signatureMethod":"Sha256","numbers":[{"number":"447700900000","country":"GB"}]}""";
    private const string Messages = NexmoVectors.MessagesSettings;

    private static readonly WebhookTarget Target = new(new Uri(Ours), new Secret("generated-webhook-token-0123456789"));
    private static readonly RegistrationScope Number = new("number/GB/447700900000");
    private static readonly RegistrationScope Application = new($"application/{NexmoVectors.ApplicationId}");

    private NexmoSimulation _vonage = null!;

    public static TheoryData<string, string, RegistrationScope> Places => new()
    {
        { "account", Sms, RegistrationScope.Account },
        { "number", SmsNumber, Number },
        { "application", Messages, Application },
    };

    /// <summary>Every row of the page's error table, on one call of each family.</summary>
    public static TheoryData<string, Type> Errors => new()
    {
        { "unauthorized", typeof(ProviderFailure.InvalidCredentials) },
        { "jwt-expired", typeof(ProviderFailure.InvalidCredentials) },
        { "jwt-revoked", typeof(ProviderFailure.InvalidCredentials) },
        { "low-balance", typeof(ProviderFailure.InsufficientPermission) },
        { "low-balance-forbidden", typeof(ProviderFailure.InsufficientPermission) },
        { "forbidden", typeof(ProviderFailure.InsufficientPermission) },
        { "unprovisioned", typeof(ProviderFailure.InsufficientPermission) },
        { "account-suspended", typeof(ProviderFailure.InsufficientPermission) },
        { "not-found", typeof(ProviderFailure.AccountMismatch) },
        { "rate-limit", typeof(ProviderFailure.Throttled) },
        { "throttled", typeof(ProviderFailure.Throttled) },
        { "bad-request", typeof(ProviderFailure.Rejected) },
        { "method-not-allowed", typeof(ProviderFailure.Rejected) },
        { "not-acceptable", typeof(ProviderFailure.Rejected) },
        { "unsupported-media-type", typeof(ProviderFailure.Rejected) },
        { "unprocessable", typeof(ProviderFailure.Rejected) },
        { "internal-error", typeof(ProviderFailure.Unavailable) },
        { "bad-gateway", typeof(ProviderFailure.Unavailable) },
        { "unavailable", typeof(ProviderFailure.Unavailable) },
        { "gateway-timeout", typeof(ProviderFailure.Unavailable) },
    };

    public static TheoryData<string, string> Advice => new()
    {
        { "unauthorized", "apiSecret" },
        { "low-balance", "top it up" },
        { "low-balance-forbidden", "top it up" },
        { "account-suspended", "suspended" },
        { "unprovisioned", "not provisioned" },
        { "forbidden", "does not let this API key" },
        { "not-found", "spec.nexmo.apiKey" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vonage = await NexmoSimulation.StartAsync(new Dictionary<string, string?> { ["numbers"] = "GB/447700900000,GB/4477009000001,PL/447700900000", ["voiceCallback"] = "app=voice-1" });

    public ValueTask DisposeAsync() => _vonage.DisposeAsync();

    [Theory]
    [InlineData(Sms, null)]
    [InlineData(SmsNumber, null)]
    [InlineData(Messages, "Acme Support")]
    public async Task The_right_credentials_tell_the_account(string settings, string? name)
    {
        var identity = Ok(await TestAsync(settings));
        Assert.Equal((NexmoSimulation.ApiKey, name), (identity.Id, identity.DisplayName));
        Assert.Empty(identity.Warnings);
    }

    [Fact]
    public async Task Trusting_the_path_alone_is_told()
    {
        var warning = Assert.Single(Ok(await TestAsync("""{"apiKey":"abcd1234","mode":"Sms","inboundVerification":"Path"}""")).Warnings);
        Assert.Contains("not signed", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sms)]
    [InlineData(Messages)]
    public async Task A_wrong_secret_is_refused(string settings) =>
        Assert.IsType<ProviderFailure.InvalidCredentials>((await TestAsync(settings, "WRONGsecret01")).Failure);

    [Fact]
    public async Task Two_secrets_are_valid_at_once_and_a_revoked_one_is_not()
    {
        await _vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "secondApiSecret", "SECONDsecret02", Cancelled);
        Ok(await TestAsync(Sms));
        Ok(await TestAsync(Sms, "SECONDsecret02"));

        await _vonage.Control.RevokeTokenAsync(NexmoSimulation.ApiKey, cancellationToken: Cancelled);

        Ok(await TestAsync(Sms, "SECONDsecret02"));
        Assert.IsType<ProviderFailure.InvalidCredentials>((await TestAsync(Sms)).Failure);
    }

    [Fact]
    public async Task An_unknown_key_is_a_mismatch_and_no_wrong_secret() =>
        Assert.Contains("apiKey", Assert.IsType<ProviderFailure.AccountMismatch>((await TestAsync(Sms.Replace("abcd1234", "wxyz9876", StringComparison.Ordinal))).Failure).Advice, StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_application_is_a_mismatch() =>
        Assert.Contains("applicationId", Assert.IsType<ProviderFailure.AccountMismatch>((await TestAsync(Messages.Replace("0001\"", "0002\"", StringComparison.Ordinal))).Failure).Advice, StringComparison.Ordinal);

    [Fact]
    public async Task A_private_key_of_another_application_is_a_mismatch()
    {
        using var other = RSA.Create(2048);
        var account = NexmoSimulation.Account(Messages, privateKey: other.ExportPkcs8PrivateKeyPem());
        var mismatch = Assert.IsType<ProviderFailure.AccountMismatch>((await _vonage.Accounts.TestConnectionAsync(account, Cancelled)).Failure);
        Assert.Contains("private key is not that of the application", mismatch.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_account_is_told_by_both_families()
    {
        await _vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "suspended", "true", Cancelled);
        Assert.Contains("suspended", Assert.IsType<ProviderFailure.InsufficientPermission>((await TestAsync(Sms)).Failure).Advice, StringComparison.Ordinal);
        Assert.IsType<ProviderFailure.InsufficientPermission>((await ObserveAsync(Sms, RegistrationScope.Account)).Failure);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_error_of_the_newer_APIs_has_its_meaning(string preset, Type failure)
    {
        await StageAsync("getSecrets", preset);
        Assert.IsType(failure, (await TestAsync(Sms)).Failure);
        await StageAsync("getSecrets", null);
        await StageAsync("getApplication", preset);
        Assert.IsType(failure, (await TestAsync(Messages)).Failure);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_error_of_the_legacy_API_has_the_same_meaning(string preset, Type failure)
    {
        await StageAsync("getSettings", preset);
        await StageAsync("getNumbers", preset);
        var expected = failure == typeof(ProviderFailure.AccountMismatch) ? typeof(ProviderFailure.Rejected) : failure;
        Assert.IsType(expected, (await ObserveAsync(Sms, RegistrationScope.Account)).Failure);
        Assert.IsType(expected, (await ObserveAsync(SmsNumber, Number)).Failure);
    }

    [Theory]
    [MemberData(nameof(Advice))]
    public async Task An_error_comes_with_what_to_do(string preset, string advice)
    {
        await StageAsync("getSecrets", preset);
        var failure = (await TestAsync(Sms)).Failure;
        Assert.Contains(
            advice,
            failure switch
            {
                ProviderFailure.InvalidCredentials invalid => invalid.Advice,
                ProviderFailure.InsufficientPermission missing => missing.Advice,
                ProviderFailure.AccountMismatch mismatch => mismatch.Advice,
                _ => "",
            },
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_time_to_wait_the_pause_is_short_and_with_one_it_is_obeyed()
    {
        await StageAsync("getSecrets", "rate-limit");
        Assert.InRange(Assert.IsType<ProviderFailure.Throttled>((await TestAsync(Sms)).Failure).After, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
        await _vonage.Control.SetFaultAsync(NexmoSimulation.ApiKey, "getSettings", NexmoFaults.RateLimit with { RetryAfterSeconds = 77 }, Cancelled);
        await using var fresh = await NexmoSimulation.StartAsync();
        await fresh.Control.SetFaultAsync(NexmoSimulation.ApiKey, "getSecrets", NexmoFaults.RateLimit with { RetryAfterSeconds = 77 }, Cancelled);
        Assert.Equal(TimeSpan.FromSeconds(77), Assert.IsType<ProviderFailure.Throttled>((await fresh.Accounts.TestConnectionAsync(NexmoSimulation.Account(Sms), Cancelled)).Failure).After);
    }

    [Fact]
    public async Task A_failure_in_the_body_of_a_success_is_one()
    {
        await _vonage.Control.SetFaultAsync(NexmoSimulation.ApiKey, "getSettings", new Fault { Status = 200, Body = """{"error-code":"401","error-code-label":"authentication failed"}""" }, Cancelled);
        Assert.IsType<ProviderFailure.InvalidCredentials>((await ObserveAsync(Sms, RegistrationScope.Account)).Failure);
    }

    [Fact]
    public async Task Vonages_words_are_passed_on_with_the_parameters_it_complains_of_and_without_secrets()
    {
        var body = """{"type":"https://developer.nexmo.com/api-errors#invalid","title":"Bad request","detail":"not ABCDEFGH01234abc","invalid_parameters":[{"name":"name","reason":"Is required."}]}""";
        await _vonage.Control.SetFaultAsync(NexmoSimulation.ApiKey, "getApplication", new Fault { Status = 400, Body = body }, Cancelled);
        Assert.Equal("Bad request; not [redacted]; name: Is required.", Assert.IsType<ProviderFailure.Rejected>((await TestAsync(Messages)).Failure).Detail);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_registration_reads_back_without_differences_and_goes_again(string place, string settings, RegistrationScope scope)
    {
        Assert.NotEmpty(Ok(await ObserveAsync(settings, scope)).Differences);
        await RegisterAsync(settings, scope);

        var observed = Ok(await ObserveAsync(settings, scope));
        Assert.Empty(observed.Differences);
        Assert.Equal(Ours, observed.Url);
        Assert.Null(observed.ManualAction);
        Assert.Equal(Ours, (await RegistrationsAsync()).Of(scope.Name ?? "")?.Url);

        Assert.Equal(Deregistration.Removed, Ok(await DeregisterAsync(scope)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await DeregisterAsync(scope)));
        Assert.Null((await RegistrationsAsync()).Of(scope.Name ?? ""));
        Assert.NotEmpty(place);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Somebody_elses_webhook_is_a_difference_and_is_left_alone(string place, string settings, RegistrationScope scope)
    {
        await _vonage.Control.OverwriteWebhookAsync(NexmoSimulation.ApiKey, new WebhookChange { Scope = scope.Name ?? "", Url = Theirs }, Cancelled);

        Assert.Contains("inboundUrl", Ok(await ObserveAsync(settings, scope)).Differences);
        Assert.True(Ok(await ObserveAsync(settings, scope)).DeliversElsewhere);
        Assert.Equal(Deregistration.NotOurs, Ok(await DeregisterAsync(scope)));
        Assert.Equal(Theirs, (await RegistrationsAsync()).Of(scope.Name ?? "")?.Url);
        Assert.NotEmpty(place);
    }

    [Theory]
    [InlineData(Sms, null)]
    [InlineData(Messages, "application/" + NexmoVectors.ApplicationId)]
    public async Task Receipts_that_go_elsewhere_are_a_difference_and_stay_there(string settings, string? scopeName)
    {
        var scope = new RegistrationScope(scopeName);
        await RegisterAsync(settings, scope);
        await _vonage.Control.OverwriteWebhookAsync(NexmoSimulation.ApiKey, new WebhookChange { Scope = scopeName ?? "", Settings = new Dictionary<string, string> { ["statusUrl"] = Theirs } }, Cancelled);

        Assert.Equal(["statusUrl"], Ok(await ObserveAsync(settings, scope)).Differences);
        Assert.Equal(Deregistration.Removed, Ok(await DeregisterAsync(scope)));
        if (scopeName is null)
        {
            Assert.Equal(("", Theirs), ((await RegistrationsAsync()).Of("")?.Url, (await RegistrationsAsync()).Of("")?.Settings["statusUrl"]));
        }
        else
        {
            var webhooks = (await _vonage.ApplicationAsync())["capabilities"]!["messages"]!["webhooks"]!;
            Assert.Equal(("", Theirs), ((string?)webhooks["inbound_url"]!["address"], (string?)webhooks["status_url"]!["address"]));
        }
    }

    [Fact]
    public async Task Vonage_calls_a_URL_of_mode_Sms_first_and_a_silent_one_is_tried_again_later()
    {
        await _vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "probes", "true", Cancelled);
        var target = Target with { Url = new Uri("http://127.0.0.1:9/acme") };
        foreach (var (settings, scope) in new[] { (Sms, RegistrationScope.Account), (SmsNumber, Number) })
        {
            var rejected = Assert.IsType<ProviderFailure.Rejected>((await _vonage.Accounts.RegisterAsync(NexmoSimulation.Account(settings), target with { Scope = scope }, Cancelled)).Failure);
            Assert.True(rejected.Retry);
            Assert.Contains("answer 200", rejected.Advice, StringComparison.Ordinal);
        }

        Assert.Empty((await RegistrationsAsync()).All);
        Ok(await _vonage.Accounts.RegisterAsync(NexmoSimulation.Account(Messages), target with { Scope = Application }, Cancelled));
    }

    [Fact]
    public async Task A_number_keeps_its_voice_and_application_settings()
    {
        await _vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "numbersApplication", "voice-application", Cancelled);
        await RegisterAsync(SmsNumber, Number);
        Ok(await DeregisterAsync(Number));

        var writes = (await RegistrationsAsync()).History.Where(entry => entry.Method == "updateNumber").ToList();
        Assert.Equal(2, writes.Count);
        Assert.All(writes, write => Assert.Equal(("voice-application", "app", "voice-1"), (write.Parameters["app_id"], write.Parameters["voiceCallbackType"], write.Parameters["voiceCallbackValue"])));
    }

    [Theory]
    [InlineData("number/DE/447700900000")]
    [InlineData("number/GB/44770090000")]
    [InlineData("number/GB/4477009000009")]
    public async Task A_number_that_the_account_does_not_rent_is_a_mismatch(string scope)
    {
        Assert.Contains("spec.nexmo.numbers", Assert.IsType<ProviderFailure.AccountMismatch>((await ObserveAsync(SmsNumber, new(scope))).Failure).Advice, StringComparison.Ordinal);
        Assert.IsType<ProviderFailure.AccountMismatch>((await _vonage.Accounts.RegisterAsync(NexmoSimulation.Account(SmsNumber), Target with { Scope = new(scope) }, Cancelled)).Failure);
        Assert.Equal(Deregistration.AlreadyGone, Ok(await DeregisterAsync(new(scope))));
    }

    [Fact]
    public async Task One_number_of_several_is_set_and_no_other()
    {
        await RegisterAsync(SmsNumber, Number);
        Assert.Equal("number/GB/447700900000", Assert.Single((await RegistrationsAsync()).All).Scope);
    }

    [Fact]
    public async Task An_application_keeps_everything_but_two_addresses()
    {
        var before = await _vonage.ApplicationAsync();
        await RegisterAsync(Messages, Application);
        Ok(await DeregisterAsync(Application));
        var after = await _vonage.ApplicationAsync();

        foreach (var document in new[] { before, after })
        {
            document["capabilities"]!["messages"]!.AsObject().Remove("webhooks");
        }

        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
        Assert.Contains("12345678901234567890.10", after.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, cancellationToken: Cancelled)).Violations);
    }

    [Fact]
    public async Task Where_empty_addresses_are_refused_the_capability_goes_and_nothing_else()
    {
        await using var strict = await NexmoSimulation.StartAsync(new Dictionary<string, string?> { ["acceptsEmptyAddresses"] = "false" });
        Ok(await strict.Accounts.RegisterAsync(NexmoSimulation.Account(Messages), Target with { Scope = Application }, Cancelled));

        Assert.Equal(Deregistration.Removed, Ok(await strict.Accounts.DeregisterAsync(NexmoSimulation.Departing(), new(NexmoSimulation.ApiKey, Application, [Target.Url]), Cancelled)));

        var capabilities = (await strict.ApplicationAsync())["capabilities"]!.AsObject();
        Assert.Equal(["voice", "vbc"], capabilities.Select(capability => capability.Key));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await strict.Accounts.DeregisterAsync(NexmoSimulation.Departing(), new(NexmoSimulation.ApiKey, Application, [Target.Url]), Cancelled)));
        Ok(await strict.Accounts.RegisterAsync(NexmoSimulation.Account(Messages), Target with { Scope = Application }, Cancelled));
        Assert.Empty(Ok(await strict.Accounts.ObserveAsync(NexmoSimulation.Account(Messages), Target with { Scope = Application }, Cancelled)).Differences);
    }

    [Fact]
    public async Task An_application_that_was_deleted_took_its_webhooks_with_it()
    {
        await _vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "applicationIds", "", Cancelled);
        Assert.Equal(Deregistration.AlreadyGone, Ok(await DeregisterAsync(Application)));
    }

    [Fact]
    public async Task An_application_of_the_older_version_needs_somebody_to_act()
    {
        await using var old = await NexmoSimulation.StartAsync(new Dictionary<string, string?> { ["messagesVersion"] = "v0.1" });
        Assert.Contains("v0.1", Assert.Single(Ok(await old.Accounts.TestConnectionAsync(NexmoSimulation.Account(Messages), Cancelled)).Warnings), StringComparison.Ordinal);
        Assert.Contains("choose version v1", Ok(await old.Accounts.ObserveAsync(NexmoSimulation.Account(Messages), Target with { Scope = Application }, Cancelled)).ManualAction, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Another_address_is_used_and_found_again_for_the_removal(string place, string settings, RegistrationScope scope)
    {
        var address = _vonage.Simulator.ProviderUri.AbsoluteUri.TrimEnd('/');
        var elsewhere = $$"""{"restBaseUrl":"{{address}}","apiBaseUrl":"{{address}}",""" + settings[1..];
        await using var unconfigured = await NexmoSimulation.StartAsync();
        Ok(await unconfigured.Accounts.RegisterAsync(NexmoSimulation.Account(elsewhere), Target with { Scope = scope }, Cancelled));
        Assert.NotNull((await RegistrationsAsync()).Of(scope.Name ?? ""));

        var recorded = TestProviders.Get("Nexmo").ApiBaseUrl(new(System.Text.Json.JsonDocument.Parse(elsewhere).RootElement), scope);
        var departing = NexmoSimulation.Departing($$"""{"apiBaseUrl":"{{recorded!.AbsoluteUri}}"}""");
        Assert.Equal(Deregistration.Removed, Ok(await unconfigured.Accounts.DeregisterAsync(departing, new(NexmoSimulation.ApiKey, scope, [Target.Url]), Cancelled)));
        Assert.NotEmpty(place);
    }

    [Fact]
    public async Task A_region_is_replaced_by_the_operators_own_address_when_registered_and_when_removed()
    {
        var regional = Messages.Replace("{", """{"region":"Eu",""", StringComparison.Ordinal);
        await RegisterAsync(regional, Application);
        Assert.Equal(Deregistration.Removed, Ok(await _vonage.Accounts.DeregisterAsync(NexmoSimulation.Departing("""{"apiBaseUrl":"https://api-eu.vonage.com"}"""), new(NexmoSimulation.ApiKey, Application, [Target.Url]), Cancelled)));
    }

    [Fact]
    public void The_account_is_known_from_the_spec_and_nothing_is_hidden()
    {
        Assert.Equal(NexmoSimulation.ApiKey, _vonage.Accounts.AccountIdOf(NexmoSimulation.Account(Sms)));
        Assert.Null(_vonage.Accounts.AccountIdOf(NexmoSimulation.Departing()));
        Assert.Equal(_vonage.Accounts.UnreadableSettings(NexmoSimulation.Account(Sms), Target).Reveal(), _vonage.Accounts.UnreadableSettings(NexmoSimulation.Account(Messages), Target with { Token = new Secret("other") }).Reveal());
    }

    private Task<ProviderResult<AccountIdentity>> TestAsync(string settings, string apiSecret = NexmoSimulation.ApiSecret) =>
        _vonage.Accounts.TestConnectionAsync(NexmoSimulation.Account(settings, apiSecret), Cancelled);

    private Task<ProviderResult<ObservedWebhook>> ObserveAsync(string settings, RegistrationScope scope) =>
        _vonage.Accounts.ObserveAsync(NexmoSimulation.Account(settings), Target with { Scope = scope }, Cancelled);

    private async Task RegisterAsync(string settings, RegistrationScope scope) =>
        Ok(await _vonage.Accounts.RegisterAsync(NexmoSimulation.Account(settings), Target with { Scope = scope }, Cancelled));

    private Task<ProviderResult<Deregistration>> DeregisterAsync(RegistrationScope scope) =>
        _vonage.Accounts.DeregisterAsync(NexmoSimulation.Departing(), new(NexmoSimulation.ApiKey, scope, [Target.Url]), Cancelled);

    private Task<RegistrationReport> RegistrationsAsync() => _vonage.Control.GetRegistrationsAsync(NexmoSimulation.ApiKey, cancellationToken: Cancelled);

    private Task StageAsync(string method, string? preset) => preset is null
        ? _vonage.Control.ClearFaultsAsync(NexmoSimulation.ApiKey, cancellationToken: Cancelled)
        : _vonage.Control.SetFaultAsync(NexmoSimulation.ApiKey, method, NexmoFaults.Presets[preset], Cancelled);

    private static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");
}
