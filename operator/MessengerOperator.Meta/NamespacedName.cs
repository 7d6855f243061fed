using k8s.Models;

namespace MessengerOperator.Meta;

/// <summary>The key of a namespaced object: all that a workqueue carries. <see cref="Namespace"/> is empty for a cluster-scoped object.</summary>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    /// <summary>The key of <paramref name="entity"/>.</summary>
    public static NamespacedName Of(IMetadata<V1ObjectMeta> entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return new(entity.Metadata.NamespaceProperty ?? string.Empty, entity.Metadata.Name);
    }

    /// <summary><c>namespace/name</c>, or the name alone when there is no namespace.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
