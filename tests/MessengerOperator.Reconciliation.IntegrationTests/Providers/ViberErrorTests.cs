using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Viber;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Every status of Viber's table, and what stands in front of Viber.</summary>
public class ViberErrorTests(ControlPlane plane)
{
    private const string AccountInfo = "get_account_info";
    private const string SetWebhook = "set_webhook";

    private static readonly ErrorTable Table = new(ViberBot.New)
    {
        ["2"] = Credentials(2, InvalidCredentials, "put valid ones"),
        ["3"] = Credentials(3, RegistrationRejected, "report it as a bug"),
        ["4"] = Credentials(4, RegistrationRejected, "report it as a bug"),
        ["7"] = Credentials(7, InsufficientPermission, "has blocked the bot"),
        ["8"] = Credentials(8, AccountMismatch, "does not belong to any bot"),
        ["9"] = Credentials(9, InsufficientPermission, "has suspended the bot"),
        ["15"] = Credentials(15, InsufficientPermission, "does not allow this to the bot"),
        ["23"] = Credentials(23, InsufficientPermission, "no balance left"),
        ["24"] = Credentials(24, InsufficientPermission, "no balance left"),
        ["12"] = Pause(ViberFaults.Status(12)),
        ["HTTP 429"] = Pause(new Fault { Status = 429 }),
        ["blocked"] = AtViber("blocked", InsufficientPermission, "has blocked the bot"),
        ["suspended"] = AtViber("suspended", InsufficientPermission, "has suspended the bot"),
        ["another bot"] = new()
        {
            Change = """{"viber":{"botUsername":"acmesales"}}""",
            Condition = CredentialsValid,
            Reason = AccountMismatch,
            Says = "belongs to another bot",
            End = ErrorEnd.Final,
            Recovery = Recovery.ByItself,
            Repair = world => world.Integrations.ChangeAsync("acme", $$"""{"viber":{"botUsername":"{{((ViberBot)world.Tenant).Username}}"} }"""),
        },
        ["1 without a URL"] = Outage(ViberFaults.Status(1), "could not be asked"),
        ["5"] = Outage(ViberFaults.Status(5), "could not be asked"),
        ["6"] = Outage(ViberFaults.Status(6), "could not be asked"),
        ["10"] = Outage(ViberFaults.Status(10), "could not be asked"),
        ["11"] = Outage(ViberFaults.Status(11), "could not be asked"),
        ["13"] = Outage(ViberFaults.Status(13), "could not be asked"),
        ["14"] = Outage(ViberFaults.Status(14), "could not be asked"),
        ["16"] = Outage(ViberFaults.Status(16), "could not be asked"),
        ["17"] = Outage(ViberFaults.Status(17), "could not be asked"),
        ["18"] = Outage(ViberFaults.Status(18), "could not be asked"),
        ["19"] = Outage(ViberFaults.Status(19), "could not be asked"),
        ["20"] = Outage(ViberFaults.Status(20), "could not be asked"),
        ["21"] = Outage(ViberFaults.Status(21), "could not be asked"),
        ["22"] = Outage(ViberFaults.Status(22), "could not be asked"),
        ["any other"] = Outage(ViberFaults.GeneralError, "could not be asked"),
        ["500"] = Outage(new Fault { Status = 500 }, "not the REST Bot API's"),
        ["502 as HTML"] = Outage(ViberFaults.BadGateway, "not the REST Bot API's"),
        ["200 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 200 }, "not the REST Bot API's"),
        ["empty"] = Outage(new Fault { Kind = FaultKind.EmptyBody }, "not the REST Bot API's"),
        ["cut"] = Outage(new Fault { Kind = FaultKind.Garbage }, "not the REST Bot API's"),
        ["reset"] = Outage(new Fault { Kind = FaultKind.ConnectionReset }, "the connection failed"),
        ["closed"] = Outage(new Fault { Kind = FaultKind.CloseWithoutAnswer }, "the connection failed"),
        ["slow"] = Outage(new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, "no answer within 2 s"),
        ["the call of the URL failed"] = Registration(ViberFaults.Status(1), RegistrationRejected, "did not get the receiver's answer") with { End = ErrorEnd.Refused },
        ["2 while registering"] = Registration(ViberFaults.Status(2), InvalidCredentials, "put valid ones"),
        ["3 while registering"] = Registration(ViberFaults.Status(3), RegistrationRejected, "report it as a bug"),
        ["7 while registering"] = Registration(ViberFaults.Status(7), InsufficientPermission, "has blocked the bot"),
        ["12 while registering"] = Registration(ViberFaults.Status(12), RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow },
        ["502 while registering"] = Registration(ViberFaults.BadGateway, ProviderUnavailable, "not the REST Bot API's") with { End = ErrorEnd.Inconclusive },
    };

    public static TheoryData<string> Rows => Table.Names;

    public static TheoryData<string> RowsOfReady => ["2", "7", "8", "12", "5", "502 as HTML", "reset"];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_new_integration_tells_the_error_and_goes_on_when_it_is_gone(string row) => Table.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(RowsOfReady))]
    public Task A_Ready_integration_loses_Ready_to_final_errors_only(string row) => Table.CheckReadyAsync(plane, row);

    private static ErrorRow Credentials(int status, string reason, string says) =>
        new() { Method = AccountInfo, Fault = ViberFaults.Status(status), Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow AtViber(string setting, string reason, string says) => new()
    {
        Settings = new Dictionary<string, string?> { [setting] = "true" },
        Condition = CredentialsValid,
        Reason = reason,
        Says = says,
        End = ErrorEnd.Final,
    };

    // Viber does not say when to come back; a minute is ours.
    private static ErrorRow Pause(Fault fault) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = RateLimited, Says = "asks for a pause", End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow };

    private static ErrorRow Outage(Fault fault, string says) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = ProviderUnavailable, Says = says, End = ErrorEnd.Inconclusive };

    private static ErrorRow Registration(Fault fault, string reason, string says) =>
        new() { Method = SetWebhook, Fault = fault, Condition = WebhookRegistered, Reason = reason, Says = says, End = ErrorEnd.Final };
}
