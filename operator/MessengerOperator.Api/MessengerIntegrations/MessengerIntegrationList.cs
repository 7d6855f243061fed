using k8s;
using k8s.Models;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A list of integrations, as the API server returns it.</summary>
[KubernetesEntity(
    Group = MessengerIntegration.KubeGroup,
    ApiVersion = MessengerIntegration.KubeApiVersion,
    Kind = MessengerIntegration.KubeKind + "List",
    PluralName = MessengerIntegration.KubePlural)]
public sealed class MessengerIntegrationList : IKubernetesObject<V1ListMeta>, IItems<MessengerIntegration>
{
    /// <summary>Group and version, as objects carry them.</summary>
    public string ApiVersion { get; set; } = $"{MessengerIntegration.KubeGroup}/{MessengerIntegration.KubeApiVersion}";

    /// <summary>The kind, as objects carry it.</summary>
    public string Kind { get; set; } = MessengerIntegration.KubeKind + "List";

    /// <summary>The list's metadata: resource version and continue token.</summary>
    public V1ListMeta Metadata { get; set; } = new();

    /// <summary>The integrations.</summary>
    public IList<MessengerIntegration> Items { get; set; } = [];
}
