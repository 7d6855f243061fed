using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Every error that the Bot API is known to answer with.</summary>
public class TelegramErrorTests(ControlPlane plane)
{
    private static readonly ErrorTable Table = new(Bot.New)
    {
        ["getMe 401"] = Credentials(TelegramFaults.Unauthorized, InvalidCredentials, "put valid ones into the referenced Secret"),
        ["getMe 403"] = Credentials(new Fault { Status = 403, Description = "Forbidden: bot was blocked" }, InsufficientPermission, "grant the permission"),
        ["getMe 404"] = Credentials(new Fault { Status = 404, Description = "Not Found" }, InvalidCredentials, "put valid ones"),
        ["getMe 421"] = Credentials(new Fault { Status = 421, Description = "Misdirected Request" }, RegistrationRejected, "spec.telegram.apiBaseUrl"),
        ["429"] = Outage(TelegramFaults.TooManyRequests(7), RateLimited, "asks for a pause"),
        ["500"] = Outage(TelegramFaults.Restart, ProviderUnavailable, "Internal Server Error"),
        ["502 as HTML"] = Outage(TelegramFaults.BadGateway, ProviderUnavailable, "not the Bot API's JSON"),
        ["200 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 200 }, ProviderUnavailable, "not the Bot API's JSON"),
        ["empty"] = Outage(new Fault { Kind = FaultKind.EmptyBody }, ProviderUnavailable, "not the Bot API's JSON"),
        ["cut"] = Outage(new Fault { Kind = FaultKind.Garbage }, ProviderUnavailable, "not the Bot API's JSON"),
        ["reset"] = Outage(new Fault { Kind = FaultKind.ConnectionReset }, ProviderUnavailable, "the connection failed"),
        ["closed"] = Outage(new Fault { Kind = FaultKind.CloseWithoutAnswer }, ProviderUnavailable, "the connection failed"),
        ["slow"] = Outage(new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, ProviderUnavailable, "no answer within 2 s"),
        ["setWebhook 401"] = Registration(TelegramFaults.Unauthorized, InvalidCredentials, "put valid ones"),
        ["setWebhook 409"] = Registration(TelegramFaults.Conflict, RegistrationRejected, "Another program uses this bot") with { End = ErrorEnd.Refused },
        ["setWebhook 421"] = Registration(new Fault { Status = 421, Description = "Misdirected Request" }, RegistrationRejected, "spec.telegram.apiBaseUrl"),
        ["setWebhook 429"] = Registration(TelegramFaults.TooManyRequests(4), RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive },
        ["setWebhook 500"] = Registration(TelegramFaults.Restart, ProviderUnavailable, "Internal Server Error") with { End = ErrorEnd.Inconclusive },
        ["invalid URL"] = Registration(TelegramFaults.InvalidUrl, RegistrationRejected, "check spec.webhook.url"),
        ["not https"] = Registration(TelegramFaults.NotHttps, RegistrationRejected, "https only"),
        ["port"] = Registration(TelegramFaults.Port, RegistrationRejected, "443, 80, 88 and 8443"),
        ["reserved address"] = Registration(TelegramFaults.ReservedAddress, RegistrationRejected, "private address"),
        ["IPv6 only"] = Registration(TelegramFaults.Ipv6Only, RegistrationRejected, "no IPv4 address"),
        ["unresolvable"] = Registration(TelegramFaults.Unresolvable, RegistrationRejected, "check its DNS record"),
        ["secret token"] = Registration(BadRequest("secret token contains unallowed characters"), RegistrationRejected, "form of the webhook token"),
        ["anything else"] = Registration(BadRequest("the moon is full"), RegistrationRejected, "the moon is full"),
        ["getWebhookInfo 500"] = Registration(TelegramFaults.Restart, ProviderUnavailable, "Internal Server Error") with { Method = "getWebhookInfo", End = ErrorEnd.Inconclusive },
    };

    public static TheoryData<string> Rows => Table.Names;

    public static TheoryData<string> CredentialRows => [.. Table.Where(row => row.Value is { Condition: CredentialsValid }).Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_new_integration_tells_the_error_and_goes_on_when_it_is_gone(string row) => Table.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(CredentialRows))]
    public Task A_Ready_integration_loses_Ready_to_final_errors_only(string row) => Table.CheckReadyAsync(plane, row);

    private static ErrorRow Credentials(Fault fault, string reason, string says) =>
        new() { Method = "getMe", Fault = fault, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow Outage(Fault fault, string reason, string says) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Inconclusive };

    private static ErrorRow Registration(Fault fault, string reason, string says) =>
        new() { Method = "setWebhook", Fault = fault, Condition = WebhookRegistered, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static Fault BadRequest(string reason) => new() { Status = 400, Description = $"Bad Request: {reason}" };
}
