using System.Diagnostics.CodeAnalysis;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Facebook;

/// <summary>The names of Facebook's two scopes. Both hold the app's id, which their removal needs and has nowhere else.</summary>
internal static class FacebookScope
{
    private const string App = "app";
    private const string Page = "page";

    /// <summary><c>app/{app id}</c>: the one webhook that all pages of an app share.</summary>
    public static RegistrationScope OfApp(string appId) => new($"{App}/{appId}", IsShared: true);

    /// <summary><c>page/{page id}/app/{app id}</c>: the app's subscription to a page.</summary>
    public static RegistrationScope OfPage(string pageId, string appId) => new($"{Page}/{pageId}/{App}/{appId}") { IsWholeAccount = true };

    /// <summary>The app of an app scope; false for any other.</summary>
    public static bool IsApp(RegistrationScope scope, [NotNullWhen(true)] out string? appId) =>
        (appId = scope.Name?.Split('/') is [App, { Length: > 0 } id] ? id : null) is not null;

    /// <summary>Page and app of a page scope; false for any other, which is that of a page without a known app.</summary>
    public static bool IsPage(RegistrationScope scope, [NotNullWhen(true)] out string? pageId, [NotNullWhen(true)] out string? appId)
    {
        (pageId, appId) = scope.Name?.Split('/') is [Page, { Length: > 0 } page, App, { Length: > 0 } app] ? (page, app) : (null, null);
        return pageId is not null && appId is not null;
    }
}
