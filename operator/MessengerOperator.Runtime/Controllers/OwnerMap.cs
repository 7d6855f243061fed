using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>From a child to the objects of a kind that own it.</summary>
internal static class OwnerMap
{
    /// <summary>The keys of its owners of this group and kind: its controller, or each of those that share it. The version does not matter.</summary>
    public static IEnumerable<NamespacedName> OwnersOf<TEntity>(IKubernetesObject<V1ObjectMeta> child)
    {
        var type = ResourceType.Of<TEntity>();
        return (child.Metadata.OwnerReferences ?? [])
            .Where(owner => owner.Kind == type.Kind && ResourceType.GroupOf(owner.ApiVersion) == type.Group)
            .Select(owner => new NamespacedName(child.Metadata.NamespaceProperty ?? string.Empty, owner.Name));
    }
}
