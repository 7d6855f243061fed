using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Finalizers;

/// <summary>Cleans up outside the cluster before an object goes. The runtime attaches the finalizer before the first pass and detaches it after a success.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <remarks>
/// Idempotent, and fine with nothing ever having been made. A controller built on <see cref="PipelineController{TEntity,TStatus,TContext}"/> does not
/// need one: it has its own finalize step.
/// </remarks>
public interface IEntityFinalizer<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Cleans up. Success without a requeue detaches the finalizer; everything else keeps the object and tries again.</summary>
    Task<ReconciliationResult<TEntity>> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}
