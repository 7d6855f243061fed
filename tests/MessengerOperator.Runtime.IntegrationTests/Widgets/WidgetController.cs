using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.IntegrationTests.Widgets;

public sealed class WidgetController(PipelineFrame frame, WidgetScript script) : PipelineController<Widget, WidgetStatus, WidgetContext>(frame)
{
    protected override string Finalizer => "runtime.test/cleanup";

    protected override IReadOnlyList<IReconcileStep<WidgetContext>> Steps { get; } = script.Steps;

    public override async Task DeletedAsync(Widget entity, CancellationToken cancellationToken)
    {
        await base.DeletedAsync(entity, cancellationToken);
        script.Deleted.Add(entity.Metadata.Name);
    }

    protected override WidgetContext CreateContext(Widget entity)
    {
        script.Passes.AddOrUpdate(entity.Metadata.Name, 1, (_, passes) => passes + 1);
        return new WidgetContext(entity);
    }

    protected override bool IsSuspended(Widget entity) => entity.Spec.Suspend == true;

    protected override ValueTask<StepOutcome> FinalizeAsync(WidgetContext context, CancellationToken cancellationToken) => script.Finalize(context);
}
