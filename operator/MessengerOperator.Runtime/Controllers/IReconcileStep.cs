using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>One named part of a reconcile pass. It owns one condition, reads, compares and acts; the frame writes.</summary>
/// <typeparam name="TContext">What the steps of a kind share during a pass.</typeparam>
public interface IReconcileStep<in TContext>
{
    /// <summary>The condition that this step alone decides. True is good.</summary>
    ConditionType Owns { get; }

    /// <summary>
    /// Whether Ready depends on it. A step that does not count is reported only: it never stops the steps after it and never makes Ready False.
    /// </summary>
    bool CountsForReady => true;

    /// <summary>Runs the step. An exception makes the condition Unknown with reason Error and retries with back-off; a 409 retries at once.</summary>
    ValueTask<StepOutcome> RunAsync(TContext context, CancellationToken cancellationToken);
}
