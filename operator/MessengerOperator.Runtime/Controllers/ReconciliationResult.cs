using k8s;
using k8s.Models;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>How a pass over one object ended, and when the next one is wanted.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
public sealed record ReconciliationResult<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private ReconciliationResult(TEntity entity) => Entity = entity;

    /// <summary>The object as the pass left it.</summary>
    public TEntity Entity { get; }

    /// <summary>Whether the pass did what it set out to do.</summary>
    public bool IsSuccess { get; private init; }

    /// <summary>What went wrong; null after a success. Goes to the log.</summary>
    public string? ErrorMessage { get; private init; }

    /// <summary>The cause, if there is one.</summary>
    public Exception? Error { get; private init; }

    /// <summary>When the next pass is wanted. Null: after a success the slow resync only, after a failure the queue's back-off.</summary>
    public TimeSpan? RequeueAfter { get; private init; }

#pragma warning disable CA1000 // KubeOps' shape, so that its users read our controllers unaided.
    /// <summary>The pass is done; the back-off of the object starts afresh.</summary>
    public static ReconciliationResult<TEntity> Success(TEntity entity, TimeSpan? requeueAfter = null) =>
        new(entity) { IsSuccess = true, RequeueAfter = requeueAfter };

    /// <summary>The pass failed and is retried: after <paramref name="requeueAfter"/>, or else with the queue's back-off (a 409 at once).</summary>
    public static ReconciliationResult<TEntity> Failure(TEntity entity, string message, Exception? exception = null, TimeSpan? requeueAfter = null) =>
        new(entity) { ErrorMessage = message, Error = exception, RequeueAfter = requeueAfter };
#pragma warning restore CA1000
}
