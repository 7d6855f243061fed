using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Who calls what: enough to sign the call, to charge it, and to tell what an error means.</summary>
/// <param name="Operation">Name for budget, log and metrics.</param>
/// <param name="Account">The account that it is made for.</param>
/// <param name="AppId">The app that makes it with its own token; null when the page makes it with the page's.</param>
internal sealed record FacebookCall(string Operation, ProviderAccount Account, string? AppId = null)
{
    /// <summary>Is this token good, and whose is it?</summary>
    public const string Me = "me";

    /// <summary>What may this token do, and until when?</summary>
    public const string DebugToken = "debug_token";

    /// <summary>For the budget, the log and the metrics. All pages of an app draw on the app's quota.</summary>
    public ProviderCall Charged => new("Facebook", Operation, AppId is null ? Account.BudgetKey : AppBudget(AppId));

    /// <summary>The token that the call is made with.</summary>
    public Secret Token => AppId is null
        ? Account.Credential(FacebookCredentials.PageAccessToken)
        : new Secret($"{AppId}|{Account.Credential(FacebookCredentials.AppSecret).Reveal()}");

    /// <summary>Whose quota the app's own calls draw on.</summary>
    public static string AppBudget(string appId) => $"app/{appId}";
}
