namespace MessengerOperator.Providers.Facebook;

/// <summary>The form of Facebook's credentials. Meta documents none, so only what can be no token or secret at all is named.</summary>
internal static class FacebookCredentials
{
    /// <summary>Field of the block that selects the page access token.</summary>
    public const string PageAccessToken = "pageAccessToken";

    /// <summary>Field of the block that selects the secret of the Meta app.</summary>
    public const string AppSecret = "appSecret";

    /// <summary>Field of the block that selects a verify token of the admin's choice; optional.</summary>
    public const string WebhookVerifyToken = "webhookVerifyToken";

    private const int LongestToken = 2048;
    private const int LongestSecret = 256;
    private const string SpaceAround = "has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)";

    /// <summary>What is wrong with a page access token's form; null when nothing is.</summary>
    public static string? PageAccessTokenProblem(Secret token) =>
        Problem(token, "the page access token", LongestToken)
        ?? (token.Reveal().Contains('|', StringComparison.Ordinal) ? "the page access token is the token of an app; take the one that is generated for the page" : null);

    /// <summary>What is wrong with an app secret's form; null when nothing is. Usually 32 hex digits, which Meta does not promise.</summary>
    public static string? AppSecretProblem(Secret secret) => Problem(secret, "the app secret", LongestSecret);

    /// <summary>What is wrong with a verify token's form; null when nothing is.</summary>
    public static string? VerifyTokenProblem(Secret token) => Problem(token, "the verify token", LongestSecret);

    private static string? Problem(Secret secret, string name, int longest) => secret.Reveal() switch
    {
        "" => $"{name} is empty",
        var value when value.Trim().Length != value.Length => $"{name} {SpaceAround}",
        var value when value.AsSpan().ContainsAnyExceptInRange('!', '~') => $"{name} has characters that none has; copy it again",
        var value when value.Length > longest => $"{name} is longer than {longest} characters; copy it again",
        _ => null,
    };
}
