using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Where a receiver finds its files: what the Deployment mounts and the configuration names.</summary>
internal static class ReceiverPaths
{
    public const string Configuration = "/etc/messenger-receiver/config";
    public const string Webhook = "/etc/messenger-receiver/webhook";
    public const string Credentials = "/etc/messenger-receiver/credentials";
    public const string Sink = "/etc/messenger-receiver/sink";

    public const string ConfigurationKey = "receiver.json";
    public const string CaBundleKey = "sink-ca.pem";
    public const string BearerTokenKey = "bearer-token";

    /// <summary>File of the key that answers the operator's probe.</summary>
    public const string ProbeKey = Webhook + "/" + WebhookSecretKeys.ProbeKey;

    /// <summary>File of a secret sink header.</summary>
    public static string HeaderKey(int index) => $"header-{index}";

    /// <summary>Files of a verification secret: the generated token, or a credential under its field's name.</summary>
    public static IReadOnlyList<string> Key(VerificationKey key) => key.CredentialField is { } field
        ? [$"{Credentials}/{field}"]
        : [$"{Webhook}/{WebhookSecretKeys.Token}"];
}
