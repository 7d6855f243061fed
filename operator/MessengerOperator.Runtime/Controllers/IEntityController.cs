using k8s;
using k8s.Models;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Compares what an object asks for with the world and acts on the difference. Never told what happened, only what is.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <remarks>
/// At most one call per object at a time; different objects run in parallel. An exception concerns the one object only: it is logged, counted and
/// retried with growing pauses (a 409 from the API server at once).
/// </remarks>
public interface IEntityController<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>One pass over one object.</summary>
    /// <param name="entity">A copy of the newest known state; it may be changed freely.</param>
    /// <param name="cancellationToken">Cancelled when leadership is lost, when the drain period of a shutdown is over, or after the reconcile timeout.</param>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>The object is gone from the API server. Drop what is held in memory for it; nothing can be written to it any more.</summary>
    /// <param name="entity">The last state that was seen.</param>
    /// <param name="cancellationToken">As for <see cref="ReconcileAsync"/>.</param>
    Task DeletedAsync(TEntity entity, CancellationToken cancellationToken);
}
