using System.Globalization;
using System.Net;
using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>
/// Vonage's two families of errors, by HTTP status and then by code: <c>{"error-code","error-code-label"}</c> at rest.nexmo.com, and problem documents whose <c>type</c> ends in
/// <c>#fragment</c> at api.nexmo.com. The table is in this folder's README.
/// </summary>
internal static class NexmoErrors
{
    private const int LegacyRefused = 420;
    private const string LowBalance = "The Vonage account has no credit left; top it up in Vonage's dashboard, Billing.";

    // Vonage documents no header with a time. An integration in production gets by with waits of 1, 3 and 6 s; one account makes few calls, so a little more costs nothing.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The failure that an answer tells; null when it tells none.</summary>
    public static ProviderFailure? Of(ProviderAnswer answer, ProviderAccount account, NexmoCallAdvice advice)
    {
        if (!answer.TryReadJson(NexmoJson.Default.JsonElement, out var body) || body.ValueKind != JsonValueKind.Object)
        {
            return answer.Status == (int)HttpStatusCode.TooManyRequests ? Throttled(answer, detail: null) : NotVonage(answer);
        }

        // The legacy API may also tell a failure in the body of a success.
        var code = answer.IsSuccess && LegacyCode(body) is { } legacy ? legacy : answer.Status;
        return code switch
        {
            >= 200 and <= 299 => null,
            < 400 => NotVonage(answer),
            _ => Of(code, Fragment(body), Detail(body, account), answer, advice),
        };
    }

    /// <summary>An answer that cannot be Vonage's: a proxy's page, an empty or cut body. Says nothing about the account.</summary>
    public static ProviderFailure NotVonage(ProviderAnswer answer) => new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not Vonage's JSON");

    private static ProviderFailure Of(int code, string fragment, string? detail, ProviderAnswer answer, NexmoCallAdvice advice) => code switch
    {
        401 => new ProviderFailure.InvalidCredentials(detail)
        {
            Advice = "Vonage does not accept spec.nexmo.apiKey with this apiSecret; take both from Vonage's dashboard, API settings.",
        },
        402 or 403 => new ProviderFailure.InsufficientPermission(detail) { Advice = PermissionAdvice(code, fragment) },
        404 when advice.NotFound is { } notFound => new ProviderFailure.AccountMismatch(notFound, detail),
        404 => new ProviderFailure.Rejected("The base address for spec.nexmo does not lead to Vonage's API; correct it.", Retry: false, detail),
        LegacyRefused when advice.Refused is { } refused => new ProviderFailure.Rejected(refused, Retry: true, detail),
        429 => Throttled(answer, detail),
        >= 500 => new ProviderFailure.Unavailable(detail ?? $"HTTP {code}"),
        _ => new ProviderFailure.Rejected("Vonage refuses the request; the Event of this pass has its words.", Retry: false, detail),
    };

    private static string PermissionAdvice(int code, string fragment) => fragment switch
    {
        "low-balance" => LowBalance,
        "account-suspended" => "Vonage has suspended the account; ask Vonage support.",
        "unprovisioned" => "The Vonage account is not provisioned for this API; ask Vonage support to enable it.",
        _ when code == (int)HttpStatusCode.PaymentRequired => LowBalance,
        _ => "Vonage does not let this API key do that; grant it in Vonage's dashboard, or ask the account's owner.",
    };

    private static ProviderFailure.Throttled Throttled(ProviderAnswer answer, string? detail) => new(answer.RetryAfter ?? Pause, detail);

    private static int? LegacyCode(JsonElement body) =>
        int.TryParse(body.Id("error-code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 200 and <= 599 ? code : null;

    private static string Fragment(JsonElement body) => body.Text("type") is { } type ? type[(type.LastIndexOf('#') + 1)..] : "";

    private static string? Detail(JsonElement body, ProviderAccount account)
    {
        var words = new List<string?> { body.Text("error-code-label"), body.Text("title"), body.Text("detail") };
        foreach (var parameter in body.Array("invalid_parameters") is { } parameters ? parameters.EnumerateArray() : default)
        {
            words.Add($"{parameter.Text("name")}: {parameter.Text("reason")}");
        }

        return ProviderText.Sanitise(string.Join("; ", words.OfType<string>()), account);
    }
}
