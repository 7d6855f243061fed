using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What is mounted into a receiver: its configuration and the secrets that it verifies and delivers with, and no others.</summary>
internal static class ReceiverVolumes
{
    // Group-readable through fsGroup, for nobody else.
    private const int SecretMode = 0b100_100_000;

    public static IEnumerable<(V1Volume Volume, V1VolumeMount Mount)> Build(ReceiverPlan plan)
    {
        yield return (
            new V1Volume { Name = "config", ConfigMap = new V1ConfigMapVolumeSource { Name = plan.Name } },
            Mount("config", ReceiverPaths.Configuration));

        yield return (
            new V1Volume
            {
                Name = "webhook",
                Secret = new V1SecretVolumeSource { SecretName = plan.WebhookSecret, DefaultMode = SecretMode, Items = WebhookItems(plan) },
            },
            Mount("webhook", ReceiverPaths.Webhook));

        var credentials = plan.VerificationKeys
            .Where(key => key.CredentialField is not null)
            .Select(key => (key.CredentialField!, plan.Selectors[key.CredentialField!]))
            .ToList();
        if (credentials.Count > 0)
        {
            yield return (Projected("credentials", credentials), Mount("credentials", ReceiverPaths.Credentials));
        }

        var sink = SinkSecrets.Files(plan.Sink);
        if (sink.Count > 0)
        {
            yield return (Projected("sink", sink), Mount("sink", ReceiverPaths.Sink));
        }
    }

    private static List<V1KeyToPath> WebhookItems(ReceiverPlan plan)
    {
        List<V1KeyToPath> items = [new() { Key = WebhookSecretKeys.ProbeKey, Path = WebhookSecretKeys.ProbeKey }];
        if (plan.VerificationKeys.Any(key => key.CredentialField is null))
        {
            items.Add(new V1KeyToPath { Key = WebhookSecretKeys.Token, Path = WebhookSecretKeys.Token });
        }

        return items;
    }

    private static V1Volume Projected(string name, IReadOnlyList<(string File, SecretKeySelector Selector)> files) => new()
    {
        Name = name,
        Projected = new V1ProjectedVolumeSource
        {
            DefaultMode = SecretMode,
            Sources =
            [
                .. files.Select(file => new V1VolumeProjection
                {
                    Secret = new V1SecretProjection { Name = file.Selector.Name, Items = [new V1KeyToPath { Key = file.Selector.Key, Path = file.File }] },
                }),
            ],
        },
    };

    private static V1VolumeMount Mount(string name, string path) => new() { Name = name, MountPath = path, ReadOnlyProperty = true };
}
