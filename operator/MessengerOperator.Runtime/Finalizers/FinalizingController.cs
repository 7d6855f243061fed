using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Finalizers;

/// <summary>Runs an <see cref="IEntityFinalizer{TEntity}"/> around a controller that has no pipeline.</summary>
internal sealed class FinalizingController<TEntity>(IEntityController<TEntity> inner, IEntityFinalizer<TEntity> finalizer, string identifier, FinalizerWriter writer)
    : IEntityController<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    public async Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken)
    {
        if (entity.Metadata.DeletionTimestamp is null)
        {
            await writer.AttachAsync(entity, identifier, cancellationToken);
            return await inner.ReconcileAsync(entity, cancellationToken);
        }

        if (!FinalizerWriter.IsAttached(entity, identifier))
        {
            return ReconciliationResult<TEntity>.Success(entity);
        }

        var result = await finalizer.FinalizeAsync(entity, cancellationToken);
        if (result is { IsSuccess: true, RequeueAfter: null })
        {
            await writer.DetachAsync(entity, identifier);
        }

        return result;
    }

    public Task DeletedAsync(TEntity entity, CancellationToken cancellationToken) => inner.DeletedAsync(entity, cancellationToken);
}
