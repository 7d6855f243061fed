using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Nexmo;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Every error of Vonage's two families, in both modes.</summary>
public class NexmoErrorTests(ControlPlane plane)
{
    private static readonly ErrorTable Sms = new(VonageAccount.NewSms)
    {
        ["401"] = Credentials("unauthorized", InvalidCredentials, "with this apiSecret"),
        ["401 of an expired token"] = Credentials("jwt-expired", InvalidCredentials, "with this apiSecret"),
        ["401 of a revoked token"] = Credentials("jwt-revoked", InvalidCredentials, "with this apiSecret"),
        ["402"] = Credentials("low-balance", InsufficientPermission, "no credit left"),
        ["403 without credit"] = Credentials("low-balance-forbidden", InsufficientPermission, "no credit left"),
        ["403"] = Credentials("forbidden", InsufficientPermission, "does not let this API key do that"),
        ["403 unprovisioned"] = Credentials("unprovisioned", InsufficientPermission, "not provisioned for this API"),
        ["403 suspended"] = Credentials("account-suspended", InsufficientPermission, "has suspended the account"),
        ["404"] = Credentials("not-found", AccountMismatch, "no account with the API key"),
        ["400"] = Credentials("bad-request", RegistrationRejected, "refuses the request"),
        ["405"] = Credentials("method-not-allowed", RegistrationRejected, "refuses the request"),
        ["406"] = Credentials("not-acceptable", RegistrationRejected, "refuses the request"),
        ["415"] = Credentials("unsupported-media-type", RegistrationRejected, "refuses the request"),
        ["422"] = Credentials("unprocessable", RegistrationRejected, "refuses the request"),
        ["429"] = Outage(Preset("rate-limit"), RateLimited, "asks for a pause"),
        ["429 of the Messages API"] = Outage(Preset("throttled"), RateLimited, "asks for a pause"),
        ["429 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 429 }, RateLimited, "asks for a pause"),
        ["500"] = Outage(Preset("internal-error"), ProviderUnavailable, "could not be asked"),
        ["502 as HTML"] = Outage(Preset("bad-gateway"), ProviderUnavailable, "not Vonage's JSON"),
        ["503"] = Outage(Preset("unavailable"), ProviderUnavailable, "could not be asked"),
        ["504"] = Outage(Preset("gateway-timeout"), ProviderUnavailable, "could not be asked"),
        ["200 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 200 }, ProviderUnavailable, "not Vonage's JSON"),
        ["empty"] = Outage(new Fault { Kind = FaultKind.EmptyBody }, ProviderUnavailable, "not Vonage's JSON"),
        ["cut"] = Outage(new Fault { Kind = FaultKind.Garbage }, ProviderUnavailable, "not Vonage's JSON"),
        ["reset"] = Outage(new Fault { Kind = FaultKind.ConnectionReset }, ProviderUnavailable, "the connection failed"),
        ["closed"] = Outage(new Fault { Kind = FaultKind.CloseWithoutAnswer }, ProviderUnavailable, "the connection failed"),
        ["slow"] = Outage(new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, ProviderUnavailable, "no answer within 2 s"),
        ["the secret was revoked"] = new()
        {
            Stage = world => world.Provider.RevokeTokenAsync("AnotherSecret0001"),
            Repair = world => world.Provider.RevokeTokenAsync(((VonageAccount)world.Tenant).ApiSecret),
            Condition = CredentialsValid,
            Reason = InvalidCredentials,
            Says = "with this apiSecret",
            End = ErrorEnd.Final,
        },
        ["420: the check of the URL failed"] = Registration("setSettings", "refused", RegistrationRejected, "takes it only with the answer 200") with { End = ErrorEnd.Refused },
        ["401 while registering"] = Registration("setSettings", "unauthorized", InvalidCredentials, "with this apiSecret"),
        ["403 while registering"] = Registration("setSettings", "forbidden", InsufficientPermission, "does not let this API key do that"),
        ["404 while registering"] = Registration("setSettings", "not-found", RegistrationRejected, "base address for spec.nexmo"),
        ["429 while registering"] = Registration("setSettings", "rate-limit", RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive },
        ["500 while registering"] = Registration("setSettings", "internal-error", ProviderUnavailable, "could not be asked") with { End = ErrorEnd.Inconclusive },
        ["500 while observing"] = Registration("getSettings", "internal-error", ProviderUnavailable, "could not be asked") with { End = ErrorEnd.Inconclusive },
    };

    private static readonly ErrorTable Messages = new(VonageAccount.NewMessages)
    {
        ["the application is not there"] = Credentials("not-found", AccountMismatch, "applicationId") with { Method = "getApplication" },
        ["the application may not be read"] = Credentials("forbidden", InsufficientPermission, "does not let this API key do that") with { Method = "getApplication" },
        ["the application cannot be written"] = Registration("putApplication", "forbidden", InsufficientPermission, "does not let this API key do that"),
        ["422 while registering"] = Registration("putApplication", "unprocessable", RegistrationRejected, "refuses the request"),
        ["503 while registering"] = Registration("putApplication", "unavailable", ProviderUnavailable, "could not be asked") with { End = ErrorEnd.Inconclusive },
    };

    public static TheoryData<string> SmsRows => Sms.Names;

    public static TheoryData<string> MessagesRows => Messages.Names;

    public static TheoryData<string> RowsOfReady => ["401", "403 suspended", "404", "429", "503", "reset"];

    [Theory]
    [MemberData(nameof(SmsRows))]
    public Task A_new_integration_of_the_SMS_API_tells_the_error_and_goes_on_when_it_is_gone(string row) => Sms.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(MessagesRows))]
    public Task A_new_integration_of_the_Messages_API_tells_the_error_and_goes_on_when_it_is_gone(string row) => Messages.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(RowsOfReady))]
    public Task A_Ready_integration_loses_Ready_to_final_errors_only(string row) => Sms.CheckReadyAsync(plane, row);

    [Fact]
    public async Task A_private_key_of_another_application_is_told_and_the_right_one_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Tenant = VonageAccount.NewMessages(), Receives = true });
        await world.CreateCredentialsAsync((VonageAccount)world.Tenant with { PrivateKey = VonageAccount.NewMessages().PrivateKey });
        await world.Integrations.CreateAsync("acme", world.Tenant);
        await world.IsHeldUpAsync("acme", CredentialsValid, AccountMismatch, says: "The private key is not that of the application");

        await world.ChangeCredentialsAsync(world.Tenant.Credentials);

        await world.IsReadyAsync("acme");
    }

    private static ErrorRow Credentials(string preset, string reason, string says) =>
        new() { Method = "getSecrets", Fault = Preset(preset), Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow Outage(Fault fault, string reason, string says) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Inconclusive };

    private static ErrorRow Registration(string method, string preset, string reason, string says) =>
        new() { Method = method, Fault = Preset(preset), Condition = WebhookRegistered, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static Fault Preset(string name) => NexmoFaults.Presets[name];
}
