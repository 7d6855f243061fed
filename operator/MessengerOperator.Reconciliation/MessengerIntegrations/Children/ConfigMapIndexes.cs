using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>By what receivers' ConfigMaps are looked up besides their names.</summary>
internal static class ConfigMapIndexes
{
    /// <summary>By the uid of each owner.</summary>
    public const string ByOwner = "owner";

    public static IEnumerable<string> Owners(V1ConfigMap map) => (map.Metadata.OwnerReferences ?? []).Select(owner => owner.Uid);
}
