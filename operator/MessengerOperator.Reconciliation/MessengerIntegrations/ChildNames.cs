using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Names of the objects made for an integration or a receiver group, and the label values that tie them together.</summary>
/// <remarks>
/// An integration's name may have 253 characters and hold dots; the name of a Service may have 63, no dots and no digit first. A name that
/// fits stays as it is. Any other is altered to fit and ends in a hash of the whole name, so that a.b and a-b never meet. The
/// names are pure functions of their input and must not change between versions: a changed name is a lost child. A readable name
/// that already ends like a hash gets one too, so that nobody can choose the altered name of another.
/// </remarks>
public static class ChildNames
{
    private const int GreatestLabelLength = 63;
    private const int GreatestNameLength = 253;
    private const int HashLength = 10;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Deployment, Service, ConfigMap, PodDisruptionBudget, HorizontalPodAutoscaler and NetworkPolicy of a receiver group (DNS-1035, at most 63 characters).</summary>
    /// <param name="group">The group: <c>spec.receiver.group</c>, or the integration's name where that is absent.</param>
    public static string Receiver(string group) => Fit(group, "-receiver", GreatestLabelLength, allowDots: false);

    /// <summary>The Secret with the generated webhook token: <c>NAME-webhook</c> (DNS-1123 subdomain, at most 253 characters).</summary>
    public static string WebhookSecret(string integration) => Fit(integration, "-webhook", GreatestNameLength, allowDots: true);

    /// <summary>The Ingress or HTTPRoute of an integration: <c>NAME-webhook</c> (DNS-1035, at most 63 characters, since controllers make label values and names of their own of it).</summary>
    public static string Route(string integration) => Fit(integration, "-webhook", GreatestLabelLength, allowDots: false);

    /// <summary>The value of a label that names an integration or a group (at most 63 characters, dots allowed).</summary>
    public static string LabelValue(string name) => Fit(name, "", GreatestLabelLength, allowDots: true);

    private static string Fit(string name, string suffix, int greatest, bool allowDots)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var fits = name.Length + suffix.Length <= greatest && (allowDots || IsDns1035(name)) && !EndsLikeHash(name);
        return fits ? name + suffix : Altered(name, suffix, greatest, allowDots);
    }

    private static string Altered(string name, string suffix, int greatest, bool allowDots)
    {
        var readable = allowDots ? name : AsDns1035(name);
        var room = greatest - suffix.Length - HashLength - 1;
        if (readable.Length > room)
        {
            readable = readable[..room];
        }

        return $"{readable.TrimEnd('-', '.')}-{Hash(name)}{suffix}";
    }

    private static string AsDns1035(string name)
    {
        var readable = name.Replace('.', '-');
        return char.IsAsciiLetterLower(readable[0]) ? readable : $"n-{readable}";
    }

    private static bool IsDns1035(string name) => char.IsAsciiLetterLower(name[0]) && !name.Contains('.', StringComparison.Ordinal);

    private static bool EndsLikeHash(string name) =>
        name.Length > HashLength && name[^(HashLength + 1)] == '-' && name.AsSpan(name.Length - HashLength).IndexOfAnyExcept(HexDigits) < 0;

    // 40 bits: names meet only when they share these and read the same up to the length limit.
    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
}
