using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>A webhook URL whose last segment may be a token: how status, Events and the ledger show it, and what they may stand for.</summary>
internal static class MaskedUrl
{
    /// <summary>What stands for the token. No path of a spec can end in it.</summary>
    public const string Mask = "***";

    /// <summary>The URL as it may be shown: a last segment that is one of <paramref name="tokens"/> is masked.</summary>
    public static Uri Show(Uri url, IEnumerable<Secret> tokens) => tokens.Any(token => EndsIn(url, token)) ? WithEnd(url, Mask) : url;

    /// <summary>The URLs that a shown one stands for: itself, or one for each of <paramref name="tokens"/>, in their order.</summary>
    public static IReadOnlyList<Uri> Unmask(Uri shown, IEnumerable<Secret> tokens) =>
        shown.AbsolutePath.EndsWith($"/{Mask}", StringComparison.Ordinal) ? [.. tokens.Select(token => WithEnd(shown, token.Reveal()))] : [shown];

    private static bool EndsIn(Uri url, Secret token) => url.AbsolutePath.EndsWith($"/{token.Reveal()}", StringComparison.Ordinal);

    private static Uri WithEnd(Uri url, string end) => new(url.AbsoluteUri[..(url.AbsoluteUri.LastIndexOf('/') + 1)] + end);
}
