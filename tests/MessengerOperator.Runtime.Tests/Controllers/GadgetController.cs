using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Tests.Controllers;

/// <summary>A controller whose steps do what a test says.</summary>
internal sealed class GadgetController(PipelineFrame frame) : PipelineController<Gadget, GadgetStatus, GadgetContext>(frame)
{
    public Func<GadgetContext, StepOutcome>[] Script { get; } = [_ => StepOutcome.Done, _ => StepOutcome.Done, _ => StepOutcome.Done];

    protected override string Finalizer => "runtime.test/cleanup";

    protected override IReadOnlyList<IReconcileStep<GadgetContext>> Steps =>
        [new Step("First", true, context => Script[0](context)), new Step("Second", true, context => Script[1](context)), new Step("Reported", false, context => Script[2](context))];

    protected override GadgetContext CreateContext(Gadget entity) => new(entity);

    protected override ValueTask<StepOutcome> FinalizeAsync(GadgetContext context, CancellationToken cancellationToken) => new(StepOutcome.Done);

    private sealed class Step(string owns, bool counts, Func<GadgetContext, StepOutcome> run) : IReconcileStep<GadgetContext>
    {
        public ConditionType Owns => owns;

        public bool CountsForReady => counts;

        public ValueTask<StepOutcome> RunAsync(GadgetContext context, CancellationToken cancellationToken) => new(run(context));
    }
}
