using MessengerOperator.ProviderSimulator.Facebook;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Every error of the Graph API's table, at the calls that meet it.</summary>
public class FacebookErrorTests(ControlPlane plane)
{
    private const string Me = "me";
    private const string Inspection = "debug_token";
    private const string AppWebhook = "post_subscriptions";
    private const string PageSubscription = "post_subscribed_apps";

    private static readonly ErrorTable Table = new(FacebookPage.New)
    {
        ["190"] = Credentials(Me, "token-invalid", InvalidCredentials, "make a new one"),
        ["190/458"] = Credentials(Me, "app-removed", InvalidCredentials, "removed the app"),
        ["190/459"] = Credentials(Me, "checkpoint", InvalidCredentials, "confirm the account"),
        ["190/460"] = Credentials(Me, "password-changed", InvalidCredentials, "changed the password"),
        ["190/463"] = Credentials(Me, "token-expired", InvalidCredentials, "has expired"),
        ["190/464"] = Credentials(Me, "user-not-confirmed", InvalidCredentials, "confirm the account"),
        ["190/467"] = Credentials(Me, "token-dead", InvalidCredentials, "make a new one"),
        ["102"] = Credentials(Me, "session", InvalidCredentials, "make a new one"),
        ["OAuthException without code"] = Credentials(Me, "oauth-without-code", InvalidCredentials, "make a new one"),
        ["190 of the app"] = Credentials(Inspection, "app-secret", InvalidCredentials, "appId together with the app secret"),
        ["101"] = Credentials(Inspection, "app-unknown", InvalidCredentials, "appId together with the app secret"),
        ["100 of the proof"] = Credentials(Me, "proof", InvalidCredentials, "The app secret is not that of the app"),
        ["10"] = Credentials(Me, "permission", InsufficientPermission, "pages_manage_metadata"),
        ["230"] = Credentials(Me, "permission-230", InsufficientPermission, "pages_messaging"),
        ["283"] = Credentials(Me, "permission-283", InsufficientPermission, "pages_messaging"),
        ["3"] = Credentials(Me, "capability", InsufficientPermission, "pages_messaging"),
        ["100/33"] = Credentials(Me, "no-such-object", AccountMismatch, "does not reach the page"),
        ["803"] = Credentials(Me, "no-such-alias", AccountMismatch, "does not reach the page"),
        ["100 of another app"] = Credentials(Inspection, "other-app", AccountMismatch, "another app"),
        ["100/33 of another app"] = Credentials(Inspection, "other-app-33", AccountMismatch, "another app"),
        ["no row at all"] = Credentials(Me, "refused", RegistrationRejected, "the Event of this pass has its words"),

        ["the token of a person"] = Set(new() { ["tokenType"] = "USER" }, AccountMismatch, "not of a page"),
        ["the token of another app"] = Set(new() { ["tokenApp"] = "220000000000009" }, AccountMismatch, "another app"),
        ["a permission is missing"] = Set(new() { ["scopes"] = "pages_show_list,pages_messaging" }, InsufficientPermission, "lacks pages_manage_metadata"),
        ["the token has run out"] = Set(new() { ["expiresAt"] = "1789000001" }, InvalidCredentials, "has expired"),
        ["the app secret was reset"] = Set(new() { ["appSecret"] = "00000000000000000000000000000000" }, InvalidCredentials, "make a new one")
            with
        { Repair = world => world.Provider.RevokeTokenAsync(((FacebookPage)world.Tenant).Token) },
        ["another page"] = Change("""{"facebook":{"pageId":"110000000000003"}}""", AccountMismatch, "another page")
            with
        { Repair = world => world.Integrations.ChangeAsync("acme", $$"""{"facebook":{"pageId":"{{world.Tenant.Id}}"} }""") },
        ["another username"] = Change("""{"facebook":{"pageUsername":"acmesales"}}""", AccountMismatch, "another username")
            with
        { Repair = world => world.Integrations.ChangeAsync("acme", """{"facebook":{"pageUsername":null}}""") },
        ["an unknown app"] = Change("""{"facebook":{"appId":"220000000000009"}}""", InvalidCredentials, "appId together with the app secret")
            with
        { Repair = world => world.Integrations.ChangeAsync("acme", $$"""{"facebook":{"appId":"{{((FacebookPage)world.Tenant).AppId}}"} }""") },

        ["4"] = Pause("app-rate"),
        ["17"] = Pause("user-rate"),
        ["32"] = Pause("page-rate"),
        ["341"] = Pause("application-limit"),
        ["613"] = Pause("custom-rate"),
        ["80001"] = Pause("business-rate-page"),
        ["80002"] = Pause("business-rate-instagram"),
        ["80006"] = Pause("business-rate-messenger"),
        ["368"] = Pause("policy"),
        ["1"] = Outage(Preset("unknown-error"), "keeps trying"),
        ["2"] = Outage(Preset("service"), "keeps trying"),
        ["is_transient"] = Outage(Preset("transient"), "keeps trying"),
        ["500 as HTML"] = Outage(Preset("server-error"), "not the Graph API's"),
        ["502 as HTML"] = Outage(Preset("bad-gateway"), "not the Graph API's"),
        ["200 as HTML"] = Outage(new Fault { Kind = FaultKind.Html, Status = 200 }, "not the Graph API's"),
        ["empty"] = Outage(new Fault { Kind = FaultKind.EmptyBody }, "not the Graph API's"),
        ["cut"] = Outage(new Fault { Kind = FaultKind.Garbage }, "not the Graph API's"),
        ["reset"] = Outage(new Fault { Kind = FaultKind.ConnectionReset }, "the connection failed"),
        ["closed"] = Outage(new Fault { Kind = FaultKind.CloseWithoutAnswer }, "the connection failed"),
        ["slow"] = Outage(new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, "no answer within 2 s"),

        ["2200"] = Registration(AppWebhook, "callback-status", RegistrationRejected, "Facebook called the webhook URL") with { End = ErrorEnd.Refused },
        ["2201"] = Registration(AppWebhook, "callback-challenge", RegistrationRejected, "Facebook called the webhook URL") with { End = ErrorEnd.Refused },
        ["190 of the app's webhook"] = Registration(AppWebhook, "app-secret", InvalidCredentials, "appId together with the app secret"),
        ["100 of the app's webhook"] = Registration(AppWebhook, "bad-input", RegistrationRejected, "Check spec.webhook.url"),
        ["4 of the app's webhook"] = Registration(AppWebhook, "app-rate", RateLimited, "asks for a pause") with { End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow },
        ["2 of the app's webhook"] = Registration(AppWebhook, "service", ProviderUnavailable, "keeps trying") with { End = ErrorEnd.Inconclusive },
        ["200 of the page's subscription"] = Registration(PageSubscription, "permission-fields", InsufficientPermission, "pages_messaging"),
        ["100/33 of the page's subscription"] = Registration(PageSubscription, "no-such-object", AccountMismatch, "does not reach the page"),
        ["100 of the page's subscription"] = Registration(PageSubscription, "bad-input", RegistrationRejected, "Check spec.webhook.url"),
        ["190/460 of the page's subscription"] = Registration(PageSubscription, "password-changed", InvalidCredentials, "changed the password"),
        ["1 of the page's subscription"] = Registration(PageSubscription, "unknown-error", ProviderUnavailable, "keeps trying") with { End = ErrorEnd.Inconclusive },
    };

    public static TheoryData<string> Rows => Table.Names;

    public static TheoryData<string> RowsOfReady => ["190/463", "10", "the token of another app", "80006", "2", "reset"];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task An_error_ends_in_its_condition_reason_and_retries(string row) => Table.CheckAsync(plane, row);

    [Theory]
    [MemberData(nameof(RowsOfReady))]
    public Task A_Ready_integration_loses_Ready_to_final_errors_only(string row) => Table.CheckReadyAsync(plane, row);

    private static ErrorRow Credentials(string method, string preset, string reason, string says) =>
        new() { Method = method, Fault = Preset(preset), Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow Set(Dictionary<string, string?> settings, string reason, string says) =>
        new() { Settings = settings, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static ErrorRow Change(string spec, string reason, string says) =>
        new() { Change = spec, Condition = CredentialsValid, Reason = reason, Says = says, End = ErrorEnd.Final };

    // The shortest pause that Facebook's rules give is minutes long.
    private static ErrorRow Pause(string preset) =>
        new() { Fault = Preset(preset), Condition = CredentialsValid, Reason = RateLimited, Says = "asks for a pause", End = ErrorEnd.Inconclusive, Recovery = Recovery.TooSlow };

    private static ErrorRow Outage(Fault fault, string says) =>
        new() { Fault = fault, Condition = CredentialsValid, Reason = ProviderUnavailable, Says = says, End = ErrorEnd.Inconclusive };

    private static ErrorRow Registration(string method, string preset, string reason, string says) =>
        new() { Method = method, Fault = Preset(preset), Condition = WebhookRegistered, Reason = reason, Says = says, End = ErrorEnd.Final };

    private static Fault Preset(string name) => FacebookFaults.Presets[name];
}
