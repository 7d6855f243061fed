using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Line;

/// <summary>Whether the channel secret belongs to the channel of the token, and how long the token lives.</summary>
/// <param name="IsProven">False when LINE did not tell; a wrong secret is a failure.</param>
/// <param name="ExpiresIn">Seconds, as LINE gives them; null when it did not tell.</param>
internal sealed record LineSecretCheck(bool IsProven, long? ExpiresIn)
{
    private const string WrongSecret =
        "The channel secret is not that of the token's channel, or was reissued: copy it from the LINE Developers Console, tab 'Basic settings', of the same channel into the referenced Secret.";

    /// <summary>
    /// Asks LINE, for a token that <c>getBotInfo</c> has just accepted. Only a refused secret is final. A token that no verification knows, or a channel that may not
    /// get a token with its secret, proves nothing and is no fault; no answer at all (network, 5xx, 429) is passed on, so that the last verdict counts.
    /// </summary>
    public static async Task<ProviderResult<LineSecretCheck>> RunAsync(LineClient client, ProviderAccount account, CancellationToken cancellationToken)
    {
        var verification = await VerifyAsync(client, account, cancellationToken);
        if (!verification.TryGet(out var token, out var failure))
        {
            return IsRefusal(failure) ? new LineSecretCheck(IsProven: false, ExpiresIn: null) : failure;
        }

        if (token.ClientId is not { Length: > 0 } channelId)
        {
            return new LineSecretCheck(IsProven: false, token.ExpiresIn);
        }

        var issue = await client.IssueTokenAsync(account, channelId, cancellationToken);
        return issue.Failure switch
        {
            null => new LineSecretCheck(IsProven: true, token.ExpiresIn),
            ProviderFailure.InvalidCredentials invalid => invalid with { Advice = WrongSecret },
            var refusal when IsRefusal(refusal) => new LineSecretCheck(IsProven: false, token.ExpiresIn),
            var unknown => unknown,
        };
    }

    // What a token looks like is not documented, so a refusal by the one that should know it is followed by the other.
    private static async Task<ProviderResult<LineTokenInfo>> VerifyAsync(LineClient client, ProviderAccount account, CancellationToken cancellationToken)
    {
        var isJwt = LineCredentials.IsJwt(account.Credential(LineCredentials.ChannelAccessToken));
        var first = isJwt ? await client.VerifyJwtAsync(account, cancellationToken) : await client.VerifyTokenAsync(account, cancellationToken);
        if (first.Failure is not { } failure || !IsRefusal(failure))
        {
            return first;
        }

        return isJwt ? await client.VerifyTokenAsync(account, cancellationToken) : await client.VerifyJwtAsync(account, cancellationToken);
    }

    private static bool IsRefusal(ProviderFailure failure) => failure is not (ProviderFailure.Unavailable or ProviderFailure.Throttled);
}
