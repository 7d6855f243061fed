using k8s;
using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Makes children be as intended, by server-side apply; writes only a difference.</summary>
public interface IResourceApplier
{
    /// <summary>Makes <paramref name="intent"/> true, as a child of one controller.</summary>
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

    /// <summary>
    /// Makes <paramref name="intent"/> true: the whole object, or the part that one of several owners contributes to it. Each part is applied under a field manager of its own, so
    /// that contributors neither need to know nor can disturb each other.
    /// </summary>
    /// <param name="intent">As above, with its namespace. What several parts have in common (labels) must be equal in all of them.</param>
    /// <param name="ownership">Whose it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="guard">Asked before an object that exists is changed; null changes it.</param>
    /// <returns>The object as it is now, the other parts included.</returns>
    /// <exception cref="ForeignOwnerException">An object of that name exists and is not ours: it is left alone.</exception>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API server refused.</exception>
    Task<ApplyResult<T>> ApplyAsync<T>(T intent, Ownership ownership, CancellationToken cancellationToken, ChangeGuard<T>? guard = null)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>
    /// Prepares leaving fields to others that were ours: a field manager of its own takes them over as they are. Without it a field goes when no intent has it any more, and the API
    /// server's default is what is left until somebody else writes it.
    /// </summary>
    /// <param name="live">The object as it is; refused with a conflict when it has changed meanwhile.</param>
    /// <param name="fields">Name, namespace and those fields alone, with the values that they have.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task HandOverAsync<T>(T live, T fields, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Takes a part back: its fields go, and its owner reference; what others contribute stays. An absent object or part is success.</summary>
    /// <param name="key">The object.</param>
    /// <param name="part">The name that the part was applied under.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether something was taken back.</returns>
    Task<bool> WithdrawAsync<T>(NamespacedName key, string part, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <summary>Removes a child that is no longer wanted; an absent object is success.</summary>
    /// <returns>Whether something was deleted.</returns>
    /// <exception cref="ForeignOwnerException">The object is not ours: it is left alone.</exception>
    Task<bool> DeleteAsync<T>(string name, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;

    /// <inheritdoc cref="DeleteAsync{T}(string, IKubernetesObject{V1ObjectMeta}, CancellationToken)"/>
    Task<bool> DeleteAsync<T>(NamespacedName key, Ownership ownership, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>;
}
