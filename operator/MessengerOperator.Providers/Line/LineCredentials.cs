using System.Buffers;

namespace MessengerOperator.Providers.Line;

/// <summary>The form of a channel's credentials.</summary>
/// <remarks>LINE calls the token opaque and documents no form of the secret, so no more is asked of them than that they can be sent and were stored as they are.</remarks>
internal static class LineCredentials
{
    /// <summary>Field of the block that selects the channel access token.</summary>
    public const string ChannelAccessToken = "channelAccessToken";

    /// <summary>Field of the block that selects the channel secret; also the name of the verification key.</summary>
    public const string ChannelSecret = "channelSecret";

    // Base64 for long- and short-lived tokens, the JWT alphabet for the others; RFC 6750 allows these and no more in a bearer token.
    private static readonly SearchValues<char> TokenAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>What is wrong with a token's form; null when nothing is. Never quotes the token.</summary>
    public static string? TokenProblem(Secret token) => token.Reveal() switch
    {
        "" => "the token is empty",
        var value when value.Trim().Length != value.Length => "the token has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)",
        var value when value.AsSpan().ContainsAnyExcept(TokenAlphabet) => "the token has characters that no channel access token has; store only what the LINE Developers Console shows, without 'Bearer'",
        _ => null,
    };

    /// <summary>What is wrong with a secret's form; null when nothing is. Never quotes the secret.</summary>
    public static string? SecretProblem(Secret secret) => secret.Reveal() switch
    {
        "" => "the secret is empty",
        var value when value.Trim().Length != value.Length => "the secret has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)",
        _ => null,
    };

    /// <summary>Whether the token is of a kind that <c>/oauth2/v2.1/verify</c> knows (v2.1 and stateless ones, which have the form of a JWT) and not <c>/v2/oauth/verify</c> (long- and short-lived ones, base64).</summary>
    public static bool IsJwt(Secret token) => token.Reveal().Contains('.', StringComparison.Ordinal);
}
