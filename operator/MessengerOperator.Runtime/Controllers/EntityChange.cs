using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Tells a change that a controller must look at from the echo of its own status writes.</summary>
internal static class EntityChange
{
    /// <summary>
    /// Spec, labels, annotations, owners or the deletion mark changed, or a finalizer went. A change of status alone, or a finalizer that came, is our own.
    /// </summary>
    public static bool IsWorthAPass<T>(Delta<T> change)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (change.Before?.Metadata is not { } before)
        {
            return true;
        }

        var after = change.Entity.Metadata;
        return before.Generation != after.Generation
            || before.Generation is null
            || before.DeletionTimestamp != after.DeletionTimestamp
            || !Same(before.Labels, after.Labels)
            || !Same(before.Annotations, after.Annotations)
            || (before.Finalizers ?? []).Except(after.Finalizers ?? []).Any()
            || (before.OwnerReferences ?? []).Count != (after.OwnerReferences ?? []).Count;
    }

    private static bool Same(IDictionary<string, string>? one, IDictionary<string, string>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0) && (one ?? new Dictionary<string, string>()).All(pair => other!.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
