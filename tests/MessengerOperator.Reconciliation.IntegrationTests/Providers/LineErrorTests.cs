using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Line;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Every error of LINE's page: of the Messaging API, of the OAuth endpoints, and of the test call.</summary>
public class LineErrorTests(ControlPlane plane)
{
    private const string OtherSecret = "00000000000000000000000000000000";

    private static readonly ErrorTable Table = new(LineChannel.New)
    {
        // LINE calls the receiver while we wait for its answer, and on a busy machine that takes its time.
        Options = new WorldOptions { Providers = http => http.TimeoutSeconds = 10 },
        ["bot info 401"] = Credentials(LineFaults.Unauthorized, InvalidCredentials, "tab 'Messaging API', and put it into the referenced Secret"),
        ["bot info 403"] = Credentials(LineFaults.Forbidden, InsufficientPermission, "plan and status"),
        ["bot info 404"] = Credentials(LineFaults.NotFound, ProviderUnavailable, "Not found") with { Fault = new Fault { Status = 404, Description = "Not found" }, End = ErrorEnd.Inconclusive },
        ["the token expired"] = AtLine("tokenExpiresInSeconds", "0", InvalidCredentials, "does not accept the channel access token"),
        ["the secret was reissued"] = AtLine("channelSecret", OtherSecret, InvalidCredentials, "channel secret is not that of the token's channel"),
        ["OAuth 400 invalid_client"] = Secret(LineFaults.InvalidClient, InvalidCredentials, "channel secret is not that of the token's channel"),
        ["OAuth 401 invalid_client"] = Secret(LineFaults.InvalidClient with { Status = 401 }, InvalidCredentials, "channel secret is not that of the token's channel"),
        ["OAuth 400 invalid_request"] = Secret(LineFaults.InvalidRequest, InvalidCredentials, "channel secret is not that of the token's channel"),
        ["OAuth 500"] = Secret(LineFaults.InternalError, ProviderUnavailable, "could not be asked") with { End = ErrorEnd.Inconclusive, Calls = 9 },
        ["OAuth 429"] = Secret(LineFaults.RateLimited, RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow },
        ["verify 503"] = Secret(LineFaults.Unavailable, ProviderUnavailable, "HTTP 503") with { Method = "verifyChannelToken", End = ErrorEnd.Inconclusive, Calls = 6 },
        ["another account"] = new()
        {
            Change = """{"displayName":"@otherone"}""",
            Condition = CredentialsValid,
            Reason = AccountMismatch,
            Says = "another LINE account than spec.displayName",
            End = ErrorEnd.Final,
            Recovery = Recovery.ByItself,
            Repair = world => world.Integrations.ChangeAsync("acme", new JsonObject { ["displayName"] = ((LineChannel)world.Tenant).BasicId }.ToJsonString()),
        },
        ["429"] = Outage(LineFaults.RateLimited, RateLimited, "asks for a pause") with { Recovery = Recovery.TooSlow },
        ["429 with a time"] = Outage(LineFaults.RateLimited with { Headers = new Dictionary<string, string> { ["Retry-After"] = "4" } }, RateLimited, "asks for a pause"),
        ["429 of the month"] = Outage(LineFaults.MonthlyLimit, RateLimited, "asks for a pause") with { Recovery = Recovery.TooSlow },
        ["500"] = Outage(LineFaults.InternalError, ProviderUnavailable, "could not be asked"),
        ["502 as HTML"] = Outage(LineFaults.BadGateway, ProviderUnavailable, "HTTP 502"),
        ["503 empty"] = Outage(LineFaults.Unavailable, ProviderUnavailable, "HTTP 503"),
        ["200 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 200 }, ProviderUnavailable, "not LINE's JSON"),
        ["401 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 401 }, ProviderUnavailable, "not LINE's JSON"),
        ["empty"] = Outage(new Fault { Kind = FaultKind.EmptyBody }, ProviderUnavailable, "not LINE's JSON"),
        ["cut"] = Outage(new Fault { Kind = FaultKind.Garbage }, ProviderUnavailable, "not LINE's JSON"),
        ["reset"] = Outage(new Fault { Kind = FaultKind.ConnectionReset }, ProviderUnavailable, "the connection failed"),
        ["closed"] = Outage(new Fault { Kind = FaultKind.CloseWithoutAnswer }, ProviderUnavailable, "the connection failed"),
        ["slow"] = Outage(new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, ProviderUnavailable, "no answer within"),
        ["endpoint 400"] = Registration(new Fault { Status = 400, Description = "Invalid webhook endpoint URL" }, RegistrationRejected, "check spec.webhook.url"),
        ["endpoint 401"] = Registration(LineFaults.Unauthorized, InvalidCredentials, "does not accept the channel access token"),
        ["endpoint 403"] = Registration(LineFaults.Forbidden, InsufficientPermission, "plan and status"),
        ["endpoint 404"] = Registration(LineFaults.NotFound, RegistrationRejected, "check spec.webhook.url"),
        ["endpoint 429"] = Registration(LineFaults.RateLimited, RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow },
        ["endpoint 500"] = Registration(LineFaults.InternalError, ProviderUnavailable, "could not be asked") with { End = ErrorEnd.Inconclusive, Calls = 6 },
        ["endpoint unread 500"] = Registration(LineFaults.InternalError, ProviderUnavailable, "could not be asked") with { Method = "getWebhookEndpoint", End = ErrorEnd.Inconclusive },
        ["could not connect"] = TestCall("COULD_NOT_CONNECT", "cannot connect to the webhook URL"),
        ["request timeout"] = TestCall("REQUEST_TIMEOUT", "within its 2 seconds"),
        ["error status code"] = TestCall("ERROR_STATUS_CODE", "got no success from the webhook URL"),
        ["unclassified"] = TestCall("UNCLASSIFIED", "gives no known reason"),
        ["a reason not known yet"] = TestCall("BAD_WEATHER", "gives no known reason"),
        ["test 404"] = TestCall("", "does not test it yet") with { Fault = LineFaults.NotFound },
        ["test 500"] = TestCall("", "could not be asked") with { Fault = LineFaults.InternalError, Reason = ProviderUnavailable, End = ErrorEnd.Inconclusive },
        ["the switch is off"] = AtLine("active", "false", ManualActionRequired, "turn on 'Use webhook'") with { Condition = WebhookRegistered },
        ["the URL is too long"] = new()
        {
            Change = new JsonObject { ["webhook"] = new JsonObject { ["path"] = "/" + new string('a', 500) } }.ToJsonString(),
            Condition = WebhookRegistered,
            Reason = RegistrationRejected,
            Says = "shorten spec.webhook.path",
            End = ErrorEnd.Final,
            Recovery = Recovery.ByItself,
            Repair = world => world.Integrations.ChangeAsync("acme", """{"webhook":{"path":"/short"}}"""),
        },
    };

    public static TheoryData<string> Rows => Table.Names;

    public static TheoryData<string> CredentialRows => [.. Table.Where(row => row.Value is { Condition: CredentialsValid, Change: null }).Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_new_integration_tells_the_error_and_goes_on_when_it_is_gone(string row) => Table.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(CredentialRows))]
    public Task A_Ready_integration_loses_Ready_to_final_errors_only(string row) => Table.CheckReadyAsync(plane, row);

    [Fact]
    public async Task A_token_that_no_verification_knows_is_good_and_told_in_an_Event()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Tenant = LineChannel.New(), Receives = true });
        await world.Provider.ChangeSettingsAsync(new Dictionary<string, string?> { ["tokenKind"] = "Stateless", ["chatMode"] = "chat" });
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", world.Tenant);

        await world.IsReadyAsync("acme");

        await world.TellsAsync("acme", AccountNotice, says: "did not tell whether the channel secret");
        await world.TellsAsync("acme", AccountNotice, says: "people may answer there");
    }

    [Fact]
    public async Task A_url_that_LINE_will_not_clear_is_told_as_leaked_with_what_to_do_by_hand()
    {
        await using var world = await TestWorld.StartReadyAsync(
            plane, new WorldOptions { Tenant = LineChannel.New(), Receives = true }, change: """{"deregistrationDeadline":"2s"}""");
        await world.Provider.ChangeSettingsAsync(new Dictionary<string, string?> { ["acceptsEmptyEndpoint"] = "false" });

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", RegistrationLeaked, says: "turn off 'Use webhook' or put in another URL");
        Assert.NotNull(await world.WebhookAsync());
    }

    [Fact]
    public async Task The_token_of_another_channel_does_not_clear_that_channels_endpoint()
    {
        await using var world = await TestWorld.StartReadyAsync(
            plane, new WorldOptions { Tenant = LineChannel.New(), Receives = true }, change: """{"deregistrationDeadline":"2s"}""");
        var other = LineChannel.New();
        await world.AddAsync(other);
        await world.StopOperatorAsync();
        await world.ChangeCredentialsAsync(other.Credentials);
        await world.Integrations.DeleteAsync("acme");

        await world.StartOperatorAsync();

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", RegistrationLeaked, says: "token of another LINE account");
        Assert.Empty((await world.Provider.RegistrationAsync(other)).History);
    }

    private static ErrorRow Credentials(Fault fault, string reason, string says) =>
        new() { Method = "getBotInfo", Fault = fault, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow Secret(Fault fault, string reason, string says) => Credentials(fault, reason, says) with { Method = "issueStatelessChannelToken" };

    private static ErrorRow Outage(Fault fault, string reason, string says) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Inconclusive };

    private static ErrorRow AtLine(string setting, string value, string reason, string says) => new()
    {
        Settings = new Dictionary<string, string?> { [setting] = value },
        Condition = CredentialsValid,
        Reason = reason,
        Says = says,
        End = ErrorEnd.Final,
    };

    private static ErrorRow Registration(Fault fault, string reason, string says) =>
        new() { Method = "setWebhookEndpoint", Fault = fault, Condition = WebhookRegistered, Reason = reason, Says = says, End = ErrorEnd.Final };

    // Each slow retry observes, sets and tests.
    private static ErrorRow TestCall(string reason, string says) => new()
    {
        Method = "testWebhookEndpoint",
        Fault = new Fault
        {
            Status = 200,
            Body = $$"""{"success":false,"timestamp":"2026-03-01T12:00:00.000Z","statusCode":0,"reason":"{{reason}}","detail":"canary-in-the-providers-words"}""",
        },
        Condition = WebhookRegistered,
        Reason = RegistrationRejected,
        Says = says,
        End = ErrorEnd.Refused,
        Calls = 9,
    };
}
