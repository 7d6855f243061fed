using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Applies the receiver's objects and waits until enough of its pods are ready.</summary>
/// <remarks>
/// Owns ReceiverAvailable. Waits, woken by Deployment and pods: Progressing, ImagePullFailed, CrashLooping, Unschedulable, QuotaExceeded.
/// Stalled: ChildConflict; an object of somebody else is never taken over.
/// </remarks>
internal sealed class DeployReceiver(ReceiverChildren children, ReceiverPods pods) : IReconcileStep<MessengerIntegrationContext>
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    public ConditionType Owns => new(MessengerIntegrationConditions.ReceiverAvailable);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var plan = children.Plan(context);
        try
        {
            var deployment = await children.ApplyAsync(plan, cancellationToken);
            var ready = deployment.Status?.ReadyReplicas ?? 0;
            context.Update(status => status with
            {
                Receiver = new ReceiverStatus { Group = plan.Integration.Metadata.Name, Service = plan.Name, Replicas = deployment.Status?.Replicas ?? 0, ReadyReplicas = ready },
            });

            var available = deployment.Status?.ObservedGeneration >= deployment.Metadata.Generation && deployment.Status.AvailableReplicas >= deployment.Spec.Replicas;
            var trouble = pods.Trouble(plan, deployment);

            // While a new version rolls out the old pods serve, so that alone is no trouble; a new version that cannot start is.
            return available && trouble is null
                ? StepOutcome.DoneWith(MessengerIntegrationReasons.Available, Messages.ReceiverAvailable)
                : StepOutcome.Wait(trouble?.Reason ?? MessengerIntegrationReasons.Progressing, trouble?.Message ?? Messages.ReceiverProgressing, Recheck);
        }
        catch (ForeignOwnerException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.ChildConflict, Messages.ForeignChild(exception.Kind, exception.Name));
        }
    }
}
