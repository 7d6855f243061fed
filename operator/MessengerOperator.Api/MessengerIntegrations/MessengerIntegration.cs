using k8s;
using k8s.Models;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>
/// An account with a messenger: the operator tests its credentials, runs a receiver for it, registers the webhook at the
/// provider and delivers what customers write to a sink.
/// </summary>
[KubernetesEntity(Group = KubeGroup, ApiVersion = KubeApiVersion, Kind = KubeKind, PluralName = KubePlural)]
[KubernetesEntityShortNames("mi")]
[KubernetesEntityCategories("messenger")]
[EntityScope(EntityScope.Namespaced)]
[StorageVersion]
[GenericAdditionalPrinterColumn(".spec.provider", "Provider", "string", Description = "The messenger.")]
[GenericAdditionalPrinterColumn(".status.account.username", "Account", "string", Description = "The account's handle at the provider.")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].status", "Ready", "string", Description = "Whether messages can arrive.")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].reason", "Reason", "string", Description = "Why, in one word.")]
[GenericAdditionalPrinterColumn(".metadata.creationTimestamp", "Age", "date", Description = "Time since the integration was created.")]
[GenericAdditionalPrinterColumn(".status.webhook.url", "URL", "string", Priority = 1, Description = "Where the provider delivers to.")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].message", "Message", "string", Priority = 1, Description = "Why, in a sentence.")]
public sealed class MessengerIntegration : IKubernetesObject<V1ObjectMeta>, ISpec<MessengerIntegrationSpec>, IStatus<MessengerIntegrationStatus?>
{
    /// <summary>The API group.</summary>
    public const string KubeGroup = "messenger-operator.io";

    /// <summary>The version within the group.</summary>
    public const string KubeApiVersion = "v1alpha1";

    /// <summary>The kind.</summary>
    public const string KubeKind = "MessengerIntegration";

    /// <summary>The plural, as in URLs.</summary>
    public const string KubePlural = "messengerintegrations";

    /// <summary>Group and version, as objects carry them.</summary>
    public string ApiVersion { get; set; } = $"{KubeGroup}/{KubeApiVersion}";

    /// <summary>The kind, as objects carry it.</summary>
    public string Kind { get; set; } = KubeKind;

    /// <summary>The object's metadata.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>The account, where its messages arrive and where they go.</summary>
    [Required]
    public MessengerIntegrationSpec Spec { get; set; } = new();

    /// <summary>What the operator saw and did; null until it first wrote it.</summary>
    public MessengerIntegrationStatus? Status { get; set; }
}
