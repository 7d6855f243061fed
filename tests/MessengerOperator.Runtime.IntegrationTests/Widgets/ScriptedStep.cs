using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.IntegrationTests.Widgets;

/// <summary>A step whose behaviour a test sets.</summary>
public sealed class ScriptedStep(string owns, bool countsForReady = true) : IReconcileStep<WidgetContext>
{
    public ConditionType Owns => owns;

    public bool CountsForReady => countsForReady;

    public int Runs { get; private set; }

    public Func<WidgetContext, CancellationToken, ValueTask<StepOutcome>> Script { get; set; } = (_, _) => new(StepOutcome.Done);

    public ValueTask<StepOutcome> RunAsync(WidgetContext context, CancellationToken cancellationToken)
    {
        Runs++;
        return Script(context, cancellationToken);
    }

    public void Returns(StepOutcome outcome) => Script = (_, _) => new(outcome);
}
