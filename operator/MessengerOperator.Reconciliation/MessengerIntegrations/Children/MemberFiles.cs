using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The keys of a member in the ConfigMap and the Secret that its group shares, and the files they are mounted as.</summary>
/// <remarks>A key is the member, a dot, and what it is. The latter holds no dot, so that no member can have the key of another, whatever dots are in their names.</remarks>
/// <param name="Member">The member's name, shortened where it is long; see <see cref="ChildNames.LabelValue"/>.</param>
internal sealed record MemberFiles(string Member)
{
    /// <summary>Where the ConfigMap is mounted; the receiver reads every document there.</summary>
    public const string Configuration = "/etc/messenger-receiver/config";

    /// <summary>Where the Secret is mounted.</summary>
    public const string Secrets = "/etc/messenger-receiver/secrets";

    private const string DocumentSuffix = ".json";
    private const string FormerSuffix = "-previous";

    /// <summary>Key of the document in the ConfigMap.</summary>
    public string Document => Member + DocumentSuffix;

    /// <summary>Key of the webhook token in the Secret.</summary>
    public string Token => Key("token");

    /// <summary>Key of what answers the operator's probe.</summary>
    public string ProbeKey => Key("probe-key");

    /// <summary>Key of the time at which a verification secret changed last. No secret; it stands where it cannot be lost alone.</summary>
    public string ChangedAt => Key("changed-at");

    /// <summary>The member's files.</summary>
    public static MemberFiles Of(MessengerIntegration integration) => new(ChildNames.LabelValue(integration.Metadata.Name));

    /// <summary>Whose document that is; null when the key is no document's.</summary>
    public static MemberFiles? OfDocument(string key) => key.EndsWith(DocumentSuffix, StringComparison.Ordinal) ? new(key[..^DocumentSuffix.Length]) : null;

    /// <summary>Key of a sink's authorities in the ConfigMap.</summary>
    public string CaBundle(SinkPlace place) => Key(place == SinkPlace.Events ? "pem" : $"{place.Key}-pem");

    /// <summary>Key of a sink's secret.</summary>
    /// <param name="place">Which sink.</param>
    /// <param name="what">What it is, as <see cref="SinkSelectors"/> calls it.</param>
    public string SinkValue(SinkPlace place, string what) => Key($"{place.Key}-{what}");

    /// <summary>Key of a sink header's value.</summary>
    public string SinkHeader(SinkPlace place, int index) => Key($"{place.Key}-header-{index}");

    /// <summary>Key of a verification secret: the webhook token, or a credential.</summary>
    public string Verification(VerificationKey key) => key.CredentialField is { } field ? Key($"credential-{field}") : Token;

    /// <summary>Key of the value that a verification secret had before, while both are accepted.</summary>
    public static string Former(string key) => key + FormerSuffix;

    /// <summary>The file of a key of the Secret.</summary>
    public static string SecretFile(string key) => $"{Secrets}/{key}";

    /// <summary>The files of a verification secret: what is valid now, and what was before. The second one mostly is not there.</summary>
    public static IReadOnlyList<string> VerificationFiles(string key) => [SecretFile(key), SecretFile(Former(key))];

    private string Key(string what) => $"{Member}.{what}";
}
