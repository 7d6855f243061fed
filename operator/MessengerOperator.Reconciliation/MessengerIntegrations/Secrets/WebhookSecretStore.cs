using System.Buffers.Text;
using System.Globalization;
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

/// <summary>Makes the Secret <c>NAME-webhook</c> once and leaves what is in it alone until somebody asks for a new token: "Generate random token", without the button.</summary>
internal sealed class WebhookSecretStore(IKubernetes client, SecretReader reader, TimeProvider time)
{
    // 256 bits, as 43 characters that every provider takes (Telegram: A-Z a-z 0-9 _ -).
    private const int RandomBytes = 32;

    /// <summary>The Secret's name for an integration.</summary>
    public static string NameFor(MessengerIntegration integration) => ChildNames.WebhookSecret(integration.Metadata.Name);

    /// <summary>
    /// The integration's webhook secret; made when it is not there, given a key that is missing, and a new token on request. The token that it replaces stays beside it
    /// until the provider has the new one and the overlap is over; only then another request is heard. Null when an object of that name belongs to somebody else, which is left as it is.
    /// </summary>
    public async Task<WebhookSecret?> EnsureAsync(MessengerIntegration integration, TokenRotation rotation, CancellationToken cancellationToken)
    {
        var (ns, name) = (integration.Metadata.NamespaceProperty, NameFor(integration));
        var secret = await reader.FindAsync(ns, name, cancellationToken) ?? await CreateAsync(integration, rotation.Requested, cancellationToken);
        if (!IsOurs(secret, integration))
        {
            return null;
        }

        var isComplete = Complete(secret);
        var change = Rotate(secret, rotation);
        if (!isComplete || change != TokenChange.None)
        {
            // The resourceVersion goes along, so that a change made meanwhile is not overwritten: a conflict runs the pass again.
            secret = await client.CoreV1.ReplaceNamespacedSecretAsync(secret, name, ns, cancellationToken: cancellationToken);
        }

        return new WebhookSecret(name, Read(secret, WebhookSecretKeys.Token), Read(secret, WebhookSecretKeys.ProbeKey))
        {
            FormerToken = HasValue(secret, WebhookSecretKeys.FormerToken) ? Read(secret, WebhookSecretKeys.FormerToken) : null,
            Rotation = Annotation(secret, WebhookSecretKeys.Rotation),
            Change = change,
        };
    }

    /// <summary>The webhook secret as it is, without making or changing anything; null when there is none of ours.</summary>
    public async Task<WebhookSecret?> FindAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        var name = NameFor(integration);
        var secret = await reader.FindAsync(integration.Metadata.NamespaceProperty, name, cancellationToken);
        return secret is not null && IsOurs(secret, integration) && HasValue(secret, WebhookSecretKeys.Token) && HasValue(secret, WebhookSecretKeys.ProbeKey)
            ? new WebhookSecret(name, Read(secret, WebhookSecretKeys.Token), Read(secret, WebhookSecretKeys.ProbeKey))
            {
                FormerToken = HasValue(secret, WebhookSecretKeys.FormerToken) ? Read(secret, WebhookSecretKeys.FormerToken) : null,
            }
            : null;
    }

    /// <summary>Whether nothing was missing.</summary>
    private static bool Complete(V1Secret secret)
    {
        secret.Data ??= new Dictionary<string, byte[]>();
        var missing = new[] { WebhookSecretKeys.Token, WebhookSecretKeys.ProbeKey }.Where(key => !HasValue(secret, key)).ToList();
        foreach (var key in missing)
        {
            secret.Data[key] = Generate();
        }

        return missing.Count == 0;
    }

    private TokenChange Rotate(V1Secret secret, TokenRotation rotation)
    {
        var now = time.ToTheSecond();
        secret.Metadata.Annotations ??= new Dictionary<string, string>();
        if (HasValue(secret, WebhookSecretKeys.FormerToken))
        {
            var since = DateTime.TryParse(Annotation(secret, WebhookSecretKeys.RotatedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : DateTime.MinValue;
            if (now < since + rotation.Overlap || !rotation.IsConfirmed(Read(secret, WebhookSecretKeys.Token)))
            {
                return TokenChange.None;
            }

            secret.Data.Remove(WebhookSecretKeys.FormerToken);
            secret.Metadata.Annotations.Remove(WebhookSecretKeys.RotatedAt);
            return TokenChange.FormerDropped;
        }

        if (rotation.Requested is not { } requested || requested == Annotation(secret, WebhookSecretKeys.Rotation))
        {
            return TokenChange.None;
        }

        secret.Data[WebhookSecretKeys.FormerToken] = secret.Data[WebhookSecretKeys.Token];
        secret.Data[WebhookSecretKeys.Token] = Generate();
        secret.Metadata.Annotations[WebhookSecretKeys.Rotation] = requested;
        secret.Metadata.Annotations[WebhookSecretKeys.RotatedAt] = now.ToString("O", CultureInfo.InvariantCulture);
        return TokenChange.Rotated;
    }

    private async Task<V1Secret> CreateAsync(MessengerIntegration integration, string? rotation, CancellationToken cancellationToken)
    {
        var (ns, name) = (integration.Metadata.NamespaceProperty, NameFor(integration));
        var secret = new V1Secret
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = ns,
                Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = ReceiverLabels.ManagedBy },

                // A token that is new already needs no rotation.
                Annotations = rotation is null ? null : new Dictionary<string, string> { [WebhookSecretKeys.Rotation] = rotation },
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

    private static string? Annotation(V1Secret secret, string name) => secret.Metadata.Annotations?.TryGetValue(name, out var value) == true ? value : null;

    private static Secret Read(V1Secret secret, string key) => new(Encoding.UTF8.GetString(secret.Data[key]));

    private static byte[] Generate() => Encoding.UTF8.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));
}
