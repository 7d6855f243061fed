using System.Globalization;
using System.Text.RegularExpressions;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>URL and path make one clean https address.</summary>
internal static partial class WebhookChecks
{
    private const string Https = "https://";

    public static IEnumerable<SpecViolation> Of(WebhookSpec webhook) =>
    [
        .. webhook.Url is { } url ? Url(url) : [],
        .. webhook.Path is { } path ? WebhookPath(path) : [],
        .. Rule.IsRecognized(webhook.Registration, "spec.webhook.registration"),
        .. Rule.IsRecognized(webhook.Probe, "spec.webhook.probe"),
    ];

    // One complaint at a time: what comes later in a URL only makes sense when the earlier part does.
    private static IEnumerable<SpecViolation> Url(string url) => url switch
    {
        _ when !url.StartsWith(Https, StringComparison.Ordinal) => [new("spec.webhook.url", SpecMessages.WebhookUrlIsHttps)],
        _ when url.Length == Https.Length || url.AsSpan(Https.Length).IndexOfAny("/?#@") >= 0 => [new("spec.webhook.url", SpecMessages.WebhookUrlIsHostAndPort)],
        _ => Rule.Holds(NamesHostAndPort(url), "spec.webhook.url", SpecMessages.WebhookUrlNamesHostAndPort),
    };

    private static bool NamesHostAndPort(string url)
    {
        var match = HostAndPort().Match(url);
        return match.Success
            && (!match.Groups[1].Success || int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) <= ushort.MaxValue);
    }

    private static IEnumerable<SpecViolation> WebhookPath(string path) =>
    [
        .. Rule.Holds(PlainPath().IsMatch(path), "spec.webhook.path", SpecMessages.WebhookPathIsPlain),
        .. Rule.Holds(!DotSegment().IsMatch(path), "spec.webhook.path", SpecMessages.WebhookPathHasNoDots),
    ];

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::([1-9][0-9]{0,4}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostAndPort();

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"/\.\.?(/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex DotSegment();
}
