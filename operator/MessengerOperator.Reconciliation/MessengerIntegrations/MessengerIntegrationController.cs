using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;
using MessengerOperator.Reconciliation.MessengerIntegrations.Steps;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Keeps one provider account, its receiver and its registration as a <see cref="MessengerIntegration"/> says.</summary>
internal sealed class MessengerIntegrationController(
    PipelineFrame frame,
    AcceptSpec acceptSpec,
    ResolveSecrets resolveSecrets,
    TestConnection testConnection,
    ClaimAccount claimAccount,
    ResolveSink resolveSink,
    DeployReceiver deployReceiver,
    ProbeEndpoint probeEndpoint,
    RegisterWebhook registerWebhook,
    ObserveDelivery observeDelivery,
    MessengerIntegrationFinalizer finalizer,
    WebhookRoutes routes,
    ReceiverMembership receivers,
    IntegrationMemories memories,
    AccountClaims claims)
    : PipelineController<MessengerIntegration, MessengerIntegrationStatus, MessengerIntegrationContext>(frame)
{
    protected override string Finalizer => MessengerIntegrationFinalizers.Registration;

    protected override IReadOnlyList<IReconcileStep<MessengerIntegrationContext>> Steps { get; } =
    [
        acceptSpec,
        resolveSecrets,
        testConnection,
        claimAccount,
        resolveSink,
        deployReceiver,
        probeEndpoint,
        registerWebhook,
        observeDelivery,
    ];

    public override Task DeletedAsync(MessengerIntegration entity, CancellationToken cancellationToken)
    {
        memories.Forget(entity.Metadata.Uid);
        claims.Release(entity.Metadata.Uid);
        return base.DeletedAsync(entity, cancellationToken);
    }

    protected override MessengerIntegrationContext CreateContext(MessengerIntegration entity) => new(entity, memories.Of(entity.Metadata.Uid));

    protected override async ValueTask<StepOutcome> FinalizeAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        if (context.Memory.IsFinalized)
        {
            // The finalizer is gone and the cache does not know yet; what was told of the end is not told twice.
            return StepOutcome.Done;
        }

        var outcome = await finalizer.FinalizeAsync(context, cancellationToken);
        if (outcome == StepOutcome.Done)
        {
            // Only now: until its registration was gone the provider may have delivered to it.
            await finalizer.CleanUpAsync(context.Entity, () => routes.RemoveAsync(context.Entity, cancellationToken));
            await finalizer.CleanUpAsync(context.Entity, () => receivers.LeaveAllAsync(context.Entity, cancellationToken));

            // Before the object goes, so that the integration that now may have the account finds it free when it is woken.
            claims.Release(context.Uid);
            context.Memory.IsFinalized = true;
        }

        return outcome;
    }

    protected override bool IsSuspended(MessengerIntegration entity) => entity.Spec.Suspend;

    protected override string ReadyMessage(MessengerIntegrationContext context) => Messages.Ready;
}
