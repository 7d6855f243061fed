using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Finalizers;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>
/// The reconcile frame: deleting? finalize; suspended? stop; attach the finalizer; run the steps in order; summarise Ready; write the status once, if it
/// differs; publish events of conditions that changed. A kind supplies the steps.
/// </summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <typeparam name="TStatus">Its status record.</typeparam>
/// <typeparam name="TContext">What its steps share during a pass.</typeparam>
/// <remarks>
/// A second pass over an unchanged world makes no write. What a pass asks for: the earliest wish of its steps; the queue's back-off after an exception; an
/// immediate retry after a 409; nothing but the slow resync when Stalled.
/// </remarks>
public abstract class PipelineController<TEntity, TStatus, TContext> : IEntityController<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>, IStatus<TStatus?>
    where TStatus : class, IConditioned<TStatus>, new()
    where TContext : PipelineContext<TEntity, TStatus>
{
    private readonly PipelineFrame _frame;
    private readonly ILogger _logger;

    /// <summary>Takes the runtime's part of the frame.</summary>
    protected PipelineController(PipelineFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _frame = frame;
        _logger = frame.Loggers.CreateLogger(GetType());
    }

    /// <summary>The finalizer, a qualified name such as <c>messenger-operator.io/deregister</c>.</summary>
    protected abstract string Finalizer { get; }

    /// <summary>The steps in the order in which they run: read this list and you know the controller.</summary>
    protected abstract IReadOnlyList<IReconcileStep<TContext>> Steps { get; }

    /// <inheritdoc/>
    public async Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var deleting = entity.Metadata.DeletionTimestamp is not null;
        if (deleting && !FinalizerWriter.IsAttached(entity, Finalizer))
        {
            return ReconciliationResult<TEntity>.Success(entity);
        }

        var context = CreateContext(entity);
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["generation"] = entity.Metadata.Generation ?? 0 });
        var pass = new PipelinePass<TEntity, TStatus, TContext>(_frame, context, Steps, _logger);
        context.OnPersistStatus(pass.PersistAsync);
        try
        {
            if (deleting)
            {
                return await FinalizeAsync(pass, context, cancellationToken);
            }

            if (IsSuspended(entity))
            {
                pass.Suspend();
            }
            else
            {
                await _frame.Finalizers.AttachAsync(entity, Finalizer, cancellationToken);
                await pass.RunStepsAsync(cancellationToken);
                pass.Summarise(ReadyMessage(context));
            }
        }
        catch (Exception exception) when (!ApiError.IsConflict(exception) && !cancellationToken.IsCancellationRequested)
        {
            pass.Fail(exception);
        }

        return await pass.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public virtual Task DeletedAsync(TEntity entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        _frame.Uncertainty.Forget(entity.Metadata.Uid);
        return Task.CompletedTask;
    }

    /// <summary>Makes the context of one pass. No I/O.</summary>
    protected abstract TContext CreateContext(TEntity entity);

    /// <summary>
    /// Cleans up outside the cluster. Done detaches the finalizer; Wait, Stalled and KeepLastGood set Ready and try again later; an exception retries with
    /// back-off. Must be fine with nothing ever having been made and with being run twice.
    /// </summary>
    protected abstract ValueTask<StepOutcome> FinalizeAsync(TContext context, CancellationToken cancellationToken);

    /// <summary>Whether the object asks not to be reconciled. Deletion is handled all the same.</summary>
    protected virtual bool IsSuspended(TEntity entity) => false;

    /// <summary>The message of Ready when it is True; stable text.</summary>
    protected virtual string ReadyMessage(TContext context) => "Everything is in place.";

    private async Task<ReconciliationResult<TEntity>> FinalizeAsync(PipelinePass<TEntity, TStatus, TContext> pass, TContext context, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await FinalizeAsync(context, cancellationToken);
            if (outcome is StepOutcome.Completed)
            {
                await _frame.Finalizers.DetachAsync(context.Entity, Finalizer);
                return ReconciliationResult<TEntity>.Success(context.Entity);
            }

            pass.NotFinalized(outcome);
        }
        catch (Exception exception) when (!ApiError.IsConflict(exception) && !cancellationToken.IsCancellationRequested)
        {
            pass.Fail(exception);
        }

        return await pass.CompleteAsync(cancellationToken);
    }
}
