using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Viber;

/// <summary>The status numbers of Viber's answers. HTTP says 200 to all of them, and the text beside the number says anything: only the number counts.</summary>
internal static class ViberErrors
{
    public const int Ok = 0;

    private const string ProbeFailed =
        "Viber called the webhook URL and did not get the receiver's answer; check that the host is reachable from the internet on port 443, and that its certificate is of a public CA and sent with the complete chain.";

    private const string Refused = "Viber does not understand the operator's request; report it as a bug, with the Event of this pass.";

    // There is no header or field that says when to come back.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>What a number other than 0 means.</summary>
    /// <param name="status">The number.</param>
    /// <param name="registers">Whether it answers a request to set a webhook; only then can 1 be about the URL.</param>
    /// <param name="detail">Viber's words, sanitised.</param>
    public static ProviderFailure Read(int status, bool registers, string? detail) => status switch
    {
        1 when registers => new ProviderFailure.Rejected(ProbeFailed, Retry: true, detail),
        2 => new ProviderFailure.InvalidCredentials(detail),
        3 or 4 => new ProviderFailure.Rejected(Refused, Retry: false, detail),
        7 => new ProviderFailure.InsufficientPermission(detail) { Advice = "Viber has blocked the bot; ask Viber's support why." },
        8 => new ProviderFailure.AccountMismatch("The token does not belong to any bot; store the token that Viber's admin panel shows for the bot.", detail),
        9 => new ProviderFailure.InsufficientPermission(detail) { Advice = "Viber has suspended the bot; ask Viber's support why." },
        12 => new ProviderFailure.Throttled(Pause, detail),
        15 => new ProviderFailure.InsufficientPermission(detail) { Advice = "Viber does not allow this to the bot; its commercial terms may be missing or have ended: ask Viber or the partner that sold it." },
        23 or 24 => new ProviderFailure.InsufficientPermission(detail) { Advice = "The bot's account at Viber has no balance left; settle it with Viber or the partner that sold it." },
        // The rest belongs to sending, which the operator does not do, or is a general error: nothing that says anything about the account.
        _ => new ProviderFailure.Unavailable(detail ?? $"status {status}"),
    };
}
