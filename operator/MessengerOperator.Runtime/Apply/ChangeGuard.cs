using k8s;
using k8s.Models;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Decides whether an object that exists may be changed now. Asked only when there is something to change.</summary>
/// <param name="live">The object as it is.</param>
/// <param name="next">The object as it would be, as the API server says in a dry run: its defaults are in it, and what is no longer intended is gone.</param>
/// <param name="cancellationToken">Stops it.</param>
/// <returns>False leaves the object as it is; the next apply asks again.</returns>
public delegate ValueTask<bool> ChangeGuard<in T>(T live, T next, CancellationToken cancellationToken)
    where T : class, IKubernetesObject<V1ObjectMeta>;
