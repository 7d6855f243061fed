using System.Text.RegularExpressions;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>What names an account is written as the provider writes it.</summary>
internal static partial class AccountChecks
{
    public static IEnumerable<SpecViolation> Of(MessengerIntegrationSpec spec) =>
    [
        .. UsernameHasNoAt(spec.Facebook?.PageUsername, "spec.facebook.pageUsername"),
        .. PageIdIsDigits(spec.Facebook),
        .. AppIdIsDigits(spec.Facebook),
        .. NexmoChecks.Of(spec.Nexmo),
        .. UsernameHasNoAt(spec.Telegram?.BotUsername, "spec.telegram.botUsername"),
        .. ApiBaseUrlIsHttp(spec.Telegram?.ApiBaseUrl, "spec.telegram.apiBaseUrl"),
        .. UsernameHasNoAt(spec.Viber?.BotUsername, "spec.viber.botUsername"),
    ];

    public static IEnumerable<SpecViolation> ApiBaseUrlIsHttp(string? url, string field) =>
        Rule.Holds(url is null || BaseUrl().IsMatch(url), field, SpecMessages.ApiBaseUrlIsHttp);

    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static IEnumerable<SpecViolation> UsernameHasNoAt(string? username, string field) =>
        Rule.Holds(username is null || !username.StartsWith('@'), field, SpecMessages.UsernameHasNoAt);

    private static IEnumerable<SpecViolation> PageIdIsDigits(FacebookAccountSpec? facebook) =>
        Rule.Holds(facebook is null || IsDigits(facebook.PageId), "spec.facebook.pageId", SpecMessages.PageIdIsDigits);

    private static IEnumerable<SpecViolation> AppIdIsDigits(FacebookAccountSpec? facebook) =>
        Rule.Holds(facebook?.AppId is not { } appId || IsDigits(appId), "spec.facebook.appId", SpecMessages.AppIdIsDigits);

    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BaseUrl();
}
