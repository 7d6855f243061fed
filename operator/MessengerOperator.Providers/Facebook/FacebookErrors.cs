using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>What the Graph API's errors mean. By code, subcode and the call that was made; never by text, and by HTTP status last, which is 400 for nearly all of them.</summary>
internal static class FacebookErrors
{
    private const string OAuth = "OAuthException";

    // Tries during a policy block make it worse.
    private static readonly TimeSpan PolicyPause = TimeSpan.FromHours(1);

    /// <summary>The failure.</summary>
    public static ProviderFailure Classify(FacebookError error, FacebookCall call, ProviderAnswer answer)
    {
        var detail = ProviderText.Sanitise(error.ErrorSubcode == 0 ? $"{error.Message} ({error.Code})" : $"{error.Message} ({error.Code}/{error.ErrorSubcode})", call.Account);
        return Classify(error, call, answer, detail) with { RequestId = error.FbtraceId };
    }

    /// <summary>A page access token that does not work, by the subcode that says why.</summary>
    public static ProviderFailure.InvalidCredentials InvalidPageToken(int subcode, string? detail) => new(detail)
    {
        Advice = subcode switch
        {
            458 => FacebookAdvice.AppRemoved,
            459 or 464 => FacebookAdvice.Checkpoint,
            460 => FacebookAdvice.PasswordChanged,
            463 => FacebookAdvice.Expired,
            _ => FacebookAdvice.PageToken,
        },
    };

    private static ProviderFailure Classify(FacebookError error, FacebookCall call, ProviderAnswer answer, string? detail) => error.Code switch
    {
        190 or 102 => InvalidToken(error.ErrorSubcode, call, detail),
        0 when error.Type == OAuth => InvalidToken(error.ErrorSubcode, call, detail),
        101 => new ProviderFailure.InvalidCredentials(detail) { Advice = FacebookAdvice.AppOrSecret },
        100 => BadParameter(error.ErrorSubcode, call, detail),
        803 => new ProviderFailure.AccountMismatch(call.AppId is null ? FacebookAdvice.NoSuchPage : FacebookAdvice.NoSuchApp, detail),
        3 or 10 or (>= 200 and <= 299) => new ProviderFailure.InsufficientPermission(detail) { Advice = FacebookAdvice.Permissions },
        4 or 17 or 32 or 341 or 613 or (>= 80000 and <= 80014) => new ProviderFailure.Throttled(FacebookUsage.Pause(answer), detail),
        368 => new ProviderFailure.Throttled(PolicyPause, detail),
        2200 or 2201 => new ProviderFailure.Rejected(FacebookAdvice.ReceiverCheck, Retry: true, detail),
        1 or 2 => new ProviderFailure.Unavailable(detail),
        _ when error.IsTransient || answer.Status >= 500 => new ProviderFailure.Unavailable(detail),
        _ => new ProviderFailure.Rejected(FacebookAdvice.Refused, Retry: false, detail),
    };

    private static ProviderFailure.InvalidCredentials InvalidToken(int subcode, FacebookCall call, string? detail) =>
        call.AppId is null ? InvalidPageToken(subcode, detail) : new(detail) { Advice = FacebookAdvice.AppOrSecret };

    // 100 is Facebook's word for anything wrong with a request. What can be wrong follows from the call, since all else in it is ours.
    private static ProviderFailure BadParameter(int subcode, FacebookCall call, string? detail) => call.Operation switch
    {
        FacebookCall.DebugToken => new ProviderFailure.AccountMismatch(FacebookAdvice.OtherApp, detail),
        _ when subcode == 33 => new ProviderFailure.AccountMismatch(call.AppId is null ? FacebookAdvice.NoSuchPage : FacebookAdvice.NoSuchApp, detail),
        FacebookCall.Me => new ProviderFailure.InvalidCredentials(detail) { Advice = FacebookAdvice.AppSecretOfToken },
        _ => new ProviderFailure.Rejected(FacebookAdvice.Refused, Retry: false, detail),
    };
}
