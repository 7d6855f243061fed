using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>All that the receiver's objects are made of; two equal plans give equal objects.</summary>
internal sealed record ReceiverPlan
{
    /// <summary>The integration.</summary>
    public required MessengerIntegration Integration { get; init; }

    /// <summary>Name of the ConfigMap, Deployment, Service and the rest.</summary>
    public required string Name { get; init; }

    /// <summary>Value of the instance label; at most 63 characters.</summary>
    public required string Instance { get; init; }

    /// <summary>Name of the Secret that holds the webhook token and the probe key.</summary>
    public required string WebhookSecret { get; init; }

    /// <summary>Path under which the provider calls.</summary>
    public required string Path { get; init; }

    /// <summary>The provider's block of the spec.</summary>
    public required ProviderSettings Settings { get; init; }

    /// <summary>What the receiver verifies requests with.</summary>
    public required IReadOnlyList<VerificationKey> VerificationKeys { get; init; }

    /// <summary>The selectors of the credentials among them, by field.</summary>
    public required IReadOnlyDictionary<string, SecretKeySelector> Selectors { get; init; }

    /// <summary>The account's stable id at the provider.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's public name; null when it has none.</summary>
    public required string? AccountName { get; init; }

    /// <summary>Where events go.</summary>
    public required ResolvedSink Sink { get; init; }

    /// <summary>The receiver's image.</summary>
    public required string Image { get; init; }

    /// <summary>When kubelets pull it.</summary>
    public required string ImagePullPolicy { get; init; }

    /// <summary>The integration's settings of the workload.</summary>
    public ReceiverSpec Workload => Integration.Spec.Receiver ?? new ReceiverSpec();

    /// <summary>Pods wanted; the lowest number when the receiver scales by itself.</summary>
    public int Replicas => Workload.Autoscaling?.MinReplicas ?? Workload.Replicas ?? 1;

    /// <summary>Labels of every object.</summary>
    public Dictionary<string, string> Labels => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = ReceiverLabels.AppName,
        [ReceiverLabels.Instance] = Instance,
        ["app.kubernetes.io/component"] = "receiver",
        ["app.kubernetes.io/managed-by"] = ReceiverLabels.ManagedBy,
    };

    /// <summary>Labels that select the pods; they can never change.</summary>
    public Dictionary<string, string> Selector => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = ReceiverLabels.AppName,
        [ReceiverLabels.Instance] = Instance,
    };

    /// <summary>Metadata of an object of this receiver.</summary>
    public V1ObjectMeta Metadata() => new() { Name = Name, NamespaceProperty = Integration.Metadata.NamespaceProperty, Labels = Labels };
}
