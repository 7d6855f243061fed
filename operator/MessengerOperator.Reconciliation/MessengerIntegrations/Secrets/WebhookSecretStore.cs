using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>Makes the Secret <c>NAME-webhook</c> once and leaves what is in it alone: "Generate random token", without the button.</summary>
internal sealed class WebhookSecretStore(IKubernetes client, SecretReader reader)
{
    // 256 bits, as 43 characters that every provider takes (Telegram: A-Z a-z 0-9 _ -).
    private const int RandomBytes = 32;

    /// <summary>The Secret's name for an integration.</summary>
    public static string NameFor(MessengerIntegration integration) => ChildNames.WebhookSecret(integration.Metadata.Name);

    /// <summary>
    /// The integration's webhook secret; made when it is not there, and given a key that is missing. Null when an object
    /// of that name belongs to somebody else, which is left as it is.
    /// </summary>
    public async Task<WebhookSecret?> EnsureAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        var (ns, name) = (integration.Metadata.NamespaceProperty, NameFor(integration));
        var secret = await reader.FindAsync(ns, name, cancellationToken) ?? await CreateAsync(integration, cancellationToken);
        if (!IsOurs(secret, integration))
        {
            return null;
        }

        var missing = new[] { WebhookSecretKeys.Token, WebhookSecretKeys.ProbeKey }.Where(key => !HasValue(secret, key)).ToList();
        if (missing.Count > 0)
        {
            secret = await AddAsync(secret, missing, cancellationToken);
        }

        return new WebhookSecret(name, Read(secret, WebhookSecretKeys.Token), Read(secret, WebhookSecretKeys.ProbeKey));
    }

    private async Task<V1Secret> CreateAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        var (ns, name) = (integration.Metadata.NamespaceProperty, NameFor(integration));
        var secret = new V1Secret
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = ns,
                Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = ReceiverLabels.ManagedBy },
                OwnerReferences = [Owner(integration)],
            },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]> { [WebhookSecretKeys.Token] = Generate(), [WebhookSecretKeys.ProbeKey] = Generate() },
        };
        try
        {
            return await client.CoreV1.CreateNamespacedSecretAsync(secret, ns, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Somebody was faster, at most a former self of ours; theirs is the one that counts.
            return await client.CoreV1.ReadNamespacedSecretAsync(name, ns, cancellationToken: cancellationToken);
        }
    }

    private async Task<V1Secret> AddAsync(V1Secret secret, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        secret.Data ??= new Dictionary<string, byte[]>();
        foreach (var key in keys)
        {
            secret.Data[key] = Generate();
        }

        // The resourceVersion goes along, so that a change made meanwhile is not overwritten: a conflict runs the pass again.
        return await client.CoreV1.ReplaceNamespacedSecretAsync(secret, secret.Metadata.Name, secret.Metadata.NamespaceProperty, cancellationToken: cancellationToken);
    }

    private static V1OwnerReference Owner(MessengerIntegration integration) => new()
    {
        ApiVersion = integration.ApiVersion,
        Kind = integration.Kind,
        Name = integration.Metadata.Name,
        Uid = integration.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    private static bool IsOurs(V1Secret secret, MessengerIntegration integration) =>
        secret.Metadata.OwnerReferences?.Any(owner => owner.Uid == integration.Metadata.Uid) == true;

    private static bool HasValue(V1Secret secret, string key) => secret.Data?.TryGetValue(key, out var value) == true && value.Length > 0;

    private static Secret Read(V1Secret secret, string key) => new(Encoding.UTF8.GetString(secret.Data[key]));

    private static byte[] Generate() => Encoding.UTF8.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));
}
