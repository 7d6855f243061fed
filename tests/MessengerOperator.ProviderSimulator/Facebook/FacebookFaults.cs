using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Prepared faults: each row of the Graph API's error table, by name.</summary>
public static class FacebookFaults
{
    /// <summary>All of them, by the names the control API takes.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets { get; } = new Dictionary<string, Fault>(StringComparer.OrdinalIgnoreCase)
    {
        ["token-invalid"] = Error(190, "Invalid OAuth access token - Cannot parse access token"),
        ["app-removed"] = Error(190, "Error validating access token: The user has not authorized application 220000000000002.", 458),
        ["checkpoint"] = Error(190, "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given.", 459),
        ["password-changed"] = Error(190, "Error validating access token: The session has been invalidated because the user changed the password.", 460),
        ["token-expired"] = Error(190, "Error validating access token: Session has expired.", 463),
        ["user-not-confirmed"] = Error(190, "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.", 464),
        ["token-dead"] = Error(190, "Error validating access token: The access token is invalid.", 467),
        ["session"] = Error(102, "Session key invalid or no longer valid"),
        ["oauth-without-code"] = Error(0, "Error validating access token."),
        ["app-secret"] = Error(190, "Invalid OAuth access token signature."),
        ["app-unknown"] = Error(101, "Error validating application. Cannot get application info due to a system error."),
        ["proof"] = Error(100, "Invalid appsecret_proof provided in the API argument"),
        ["permission"] = Error(10, "(#10) This endpoint requires the 'pages_manage_metadata' permission or the 'Page Public Metadata Access' feature."),
        ["permission-fields"] = Error(200, "(#200) To subscribe to the messages field, one of these permissions is needed: pages_messaging, pages_messaging_subscriptions."),
        ["permission-230"] = Error(230, "(#230) Requires pages_messaging permission to manage the object"),
        ["permission-283"] = Error(283, "(#283) Requires pages_manage_metadata permission to manage the object"),
        ["capability"] = Error(3, "(#3) Application does not have the capability to make this API call."),
        ["no-such-object"] = Error(100, "Unsupported get request. Object with ID '110000000000001' does not exist, cannot be loaded due to missing permissions, or does not support this operation.", 33),
        ["no-such-alias"] = Error(803, "(#803) Some of the aliases you requested do not exist: 110000000000001"),
        ["other-app"] = Error(100, "(#100) The App_id in the input_token did not match the Viewing App"),
        ["other-app-33"] = Error(100, "(#100) The App_id in the input_token did not match the Viewing App", 33),
        ["bad-input"] = Error(100, "(#100) The parameter subscribed_fields is required"),
        ["app-rate"] = Error(4, "(#4) Application request limit reached", headers: new() { ["X-App-Usage"] = """{"call_count":100,"total_cputime":25,"total_time":25}""" }),
        ["user-rate"] = Error(17, "(#17) User request limit reached"),
        ["page-rate"] = Error(32, "(#32) Page request limit reached"),
        ["custom-rate"] = Error(613, "(#613) Calls to this api have exceeded the rate limit."),
        ["application-limit"] = Error(341, "(#341) Application limit reached"),
        ["business-rate-page"] = Error(80001, "(#80001) There have been too many calls to this Page account.", headers: BusinessUsage("pages", 7)),
        ["business-rate-instagram"] = Error(80002, "(#80002) There have been too many calls to this Instagram account."),
        ["business-rate-messenger"] = Error(80006, "(#80006) There have been too many messenger calls to this Page account.", headers: BusinessUsage("messenger", 19)),
        ["policy"] = Error(368, "The action attempted has been deemed abusive or is otherwise disallowed"),
        ["unknown-error"] = Error(1, "An unknown error has occurred."),
        ["service"] = Error(2, "An unexpected error has occurred. Please retry your request later.", transient: true),
        ["transient"] = new() { Status = 400, Body = """{"error":{"message":"Please retry.","type":"OAuthException","code":999,"is_transient":true,"fbtrace_id":"AbCdEfGhIjK"}}""" },
        ["callback-status"] = Error(2200, "(#2200) Callback verification failed with the following errors: HTTP Status Code = 404; HTTP Message = Not Found"),
        ["callback-challenge"] = Error(2201, "(#2201) response does not match challenge, expected value=\"1158201444\", received=\"<html>...\""),
        ["server-error"] = new() { Kind = FaultKind.Html, Status = 500 },
        ["bad-gateway"] = new() { Kind = FaultKind.Html, Status = 502 },
        ["refused"] = Error(1349125, "(#1349125) Made up, and in no table."),
    };

    private static Fault Error(int code, string message, int subcode = 0, Dictionary<string, string>? headers = null, bool transient = false) => new()
    {
        Status = transient ? 500 : 400,
        Code = code.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Subcode = subcode == 0 ? null : subcode.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Description = message,
        Headers = headers,
    };

    private static Dictionary<string, string> BusinessUsage(string type, int minutes) => new()
    {
        ["X-Business-Use-Case-Usage"] =
            $$"""{"110000000000001":[{"type":"{{type}}","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":{{minutes}} }]}""",
    };
}
