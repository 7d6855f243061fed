using k8s;
using k8s.Models;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Makes children be as intended, by server-side apply under one field manager; writes only a difference.</summary>
public interface IResourceApplier
{
    /// <summary>Makes <paramref name="intent"/> true.</summary>
    /// <typeparam name="T">The child's kind.</typeparam>
    /// <param name="intent">
    /// Name, namespace and exactly the fields to own; leave out what others decide (such as replicas under an autoscaler). A field of an earlier
    /// intent that is missing now is removed. Owner reference and the hash annotation are added here. Secrets: <c>data</c>, not <c>stringData</c>.
    /// </param>
    /// <param name="owner">The controller of the child; same namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The object as it is now.</returns>
    /// <exception cref="ForeignOwnerException">An object of that name exists and is not ours: it is left alone.</exception>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API server refused.</exception>
    Task<ApplyResult<T>> ApplyAsync<T>(T intent, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Removes a child that is no longer wanted; an absent object is success.</summary>
    /// <returns>Whether something was deleted.</returns>
    /// <exception cref="ForeignOwnerException">The object is not ours: it is left alone.</exception>
    Task<bool> DeleteAsync<T>(string name, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;
}
