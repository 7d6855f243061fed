using k8s;
using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>What the steps of one pass share. A kind derives its own and adds what later steps need from earlier ones.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <typeparam name="TStatus">Its status record.</typeparam>
public abstract class PipelineContext<TEntity, TStatus>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>, IStatus<TStatus?>
    where TStatus : class, IConditioned<TStatus>, new()
{
    private Func<CancellationToken, Task>? _persist;

    /// <summary>Starts from <paramref name="entity"/> as read; its status is the starting point of <see cref="Status"/>.</summary>
    protected PipelineContext(TEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        Entity = entity;
        Status = entity.Status ?? new TStatus();
    }

    /// <summary>The object. Spec and metadata are for reading; its status is <see cref="Status"/>.</summary>
    public TEntity Entity { get; }

    /// <summary>The object's key.</summary>
    public NamespacedName Key => NamespacedName.Of(Entity);

    /// <summary>
    /// The status as it will be written at the end of the pass. Steps replace it: <c>context.Status = context.Status with { … }</c>.
    /// Conditions and observedGeneration in it belong to the frame: what a step puts there is overwritten.
    /// </summary>
    public TStatus Status { get; set; }

    /// <summary>
    /// Writes <see cref="Status"/> now, for a ledger entry that must be there before an outside effect. No write when nothing differs.
    /// Throws on a conflict, so the effect does not happen; the pass is then retried at once.
    /// </summary>
    public Task PersistStatusAsync(CancellationToken cancellationToken) =>
        _persist is { } persist ? persist(cancellationToken) : throw new InvalidOperationException("This context does not run in a pipeline.");

    /// <summary>Called by the frame, or by a test of a single step.</summary>
    public void OnPersistStatus(Func<CancellationToken, Task> persist) => _persist = persist;
}
