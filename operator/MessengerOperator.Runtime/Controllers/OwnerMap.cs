using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>From a child to the object of a kind that controls it.</summary>
internal static class OwnerMap
{
    /// <summary>At most one key: that of the controlling owner, if it is of this group and kind. The version does not matter.</summary>
    public static IEnumerable<NamespacedName> ControllerOf<TEntity>(IKubernetesObject<V1ObjectMeta> child)
    {
        var type = ResourceType.Of<TEntity>();
        return (child.Metadata.OwnerReferences ?? [])
            .Where(owner => owner.Controller == true && owner.Kind == type.Kind && GroupOf(owner.ApiVersion) == type.Group)
            .Select(owner => new NamespacedName(child.Metadata.NamespaceProperty ?? string.Empty, owner.Name));
    }

    private static string GroupOf(string apiVersion) => apiVersion.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? apiVersion[..slash] : string.Empty;
}
