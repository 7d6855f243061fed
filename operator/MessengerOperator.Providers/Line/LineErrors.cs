using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Line;

/// <summary>What LINE's refusals mean, by HTTP status and OAuth error code; never by text.</summary>
internal static class LineErrors
{
    private const string Refused = "LINE refuses the request; the Event of this pass has its words.";

    private const string TokenRefused =
        "LINE does not accept the channel access token (expired, revoked or cut short); issue one in the LINE Developers Console, tab 'Messaging API', and put it into the referenced Secret.";

    private const string NotAvailable =
        "The token is genuine, but LINE does not let its channel use this part of the Messaging API; look at the account's plan and status in the LINE Official Account Manager.";

    // LINE sends no Retry-After and has limits per second, minute and hour; ours are per minute. The monthly quota has the same status, but only concerns sends, and we send nothing.
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(1);

    /// <summary>An error of the Messaging API. What has no class of its own is <see cref="ProviderFailure.Rejected"/>, for the caller to say what was refused.</summary>
    public static ProviderFailure OfMessaging(ProviderAnswer answer, ProviderAccount account) =>
        NoAnswer(answer, account, out var detail) ?? answer.Status switch
        {
            401 => new ProviderFailure.InvalidCredentials(detail) { Advice = TokenRefused },
            403 => new ProviderFailure.InsufficientPermission(detail) { Advice = NotAvailable },
            _ => new ProviderFailure.Rejected(Refused, Retry: false, detail),
        };

    /// <summary>An error of the OAuth endpoints: a token or a secret that they do not know is <see cref="ProviderFailure.InvalidCredentials"/>, anything else that they will not do <see cref="ProviderFailure.Rejected"/>.</summary>
    public static ProviderFailure OfOAuth(ProviderAnswer answer, ProviderAccount account) =>
        NoAnswer(answer, account, out var detail) ?? (answer.Status is 400 or 401 && Read(answer)?.Error is "invalid_request" or "invalid_client"
            ? new ProviderFailure.InvalidCredentials(detail)
            : new ProviderFailure.Rejected(Refused, Retry: false, detail));

    /// <summary>An answer that LINE did not write: a proxy's page, an empty or a cut body. Says nothing about the account.</summary>
    public static ProviderFailure NotLines(ProviderAnswer answer) => new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not LINE's JSON");

    /// <summary>The error in an answer; null when LINE did not write it.</summary>
    public static LineError? Read(ProviderAnswer answer) =>
        answer.TryReadJson(LineJson.Default.LineError, out var error) && error is { Message: not null } or { Error: not null } ? error : null;

    private static ProviderFailure? NoAnswer(ProviderAnswer answer, ProviderAccount account, out string? detail)
    {
        var error = Read(answer);
        detail = ProviderText.Sanitise(TextOf(error), account);
        return answer.Status switch
        {
            429 => new ProviderFailure.Throttled(answer.RetryAfter ?? DefaultPause, detail),
            408 or >= 500 => new ProviderFailure.Unavailable(detail ?? $"HTTP {answer.Status}"),
            < 400 => NotLines(answer),
            _ => error is null ? NotLines(answer) : null,
        };
    }

    // {"message":"…","details":[{"property":"endpoint","message":"…"}]} or {"error":"…","error_description":"…"}
    private static string? TextOf(LineError? error) => error switch
    {
        null => null,
        { Error: { } code } => error.ErrorDescription is { } description ? $"{code}: {description}" : code,
        _ => string.Join("; ", [error.Message, .. (error.Details ?? []).Select(detail => $"{detail?.Property}: {detail?.Message}")]),
    };
}
