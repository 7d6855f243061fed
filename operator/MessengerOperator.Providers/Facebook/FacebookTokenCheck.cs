using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Judges what <c>debug_token</c> says of a page access token.</summary>
internal static class FacebookTokenCheck
{
    private const string PageToken = "PAGE";

    private static readonly string[] Needed = ["pages_messaging", "pages_manage_metadata", "pages_show_list"];

    /// <summary>What is wrong with the token; null when it is the page's, of the app, and may do all that we need.</summary>
    public static ProviderFailure? Problem(FacebookToken token, string pageId, string appId, ProviderAccount account)
    {
        if (!token.IsValid)
        {
            // HTTP 200: the call was good, the token is not.
            return FacebookErrors.InvalidPageToken(token.Error?.Subcode ?? 0, ProviderText.Sanitise(token.Error?.Message, account));
        }

        if (token.AppId != appId)
        {
            return new ProviderFailure.AccountMismatch(FacebookAdvice.OtherApp, ProviderText.Sanitise($"the token was made for the app {token.AppId}", account));
        }

        if (token.Type != PageToken)
        {
            return new ProviderFailure.AccountMismatch(FacebookAdvice.NotAPage, ProviderText.Sanitise($"the token has the type {token.Type}", account));
        }

        if (token.ProfileId != pageId)
        {
            return new ProviderFailure.AccountMismatch(FacebookAdvice.OtherPage, ProviderText.Sanitise($"the token belongs to the page {token.ProfileId}", account));
        }

        var missing = Needed.Except(token.Scopes ?? [], StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : new ProviderFailure.InsufficientPermission(Detail: null) { Advice = FacebookAdvice.Missing(missing) };
    }

    /// <summary>When the token stops working or loses access to people's data, whichever comes first; null for never.</summary>
    public static DateTimeOffset? Expiry(FacebookToken token) =>
        new[] { token.ExpiresAt, token.DataAccessExpiresAt }
            .Where(seconds => seconds is > 0 and <= 253_402_300_799)
            .Select(seconds => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(seconds))
            .Min();
}
