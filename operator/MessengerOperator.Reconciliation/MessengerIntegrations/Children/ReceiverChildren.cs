using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Discovery;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The objects of a receiver that are one for all of its members: applied on every pass, so that hand edits are repaired.</summary>
internal sealed class ReceiverChildren(IResourceApplier applier, IApiDiscovery discovery, ReceiverClaim claim, RolloutHold hold)
{
    private static readonly string[] DisruptionBudgetVersions = ["policy/v1", "policy/v1beta1"];

    /// <summary>Applies all of them and removes those that are no longer wanted; gives the Deployment as it is now, and whether it is held back.</summary>
    /// <exception cref="ForeignOwnerException">One of the names is taken by an object that is not ours.</exception>
    /// <exception cref="ClaimRefusedException">The spool's volume claim cannot become what the spec asks for.</exception>
    public async Task<ApplyResult<V1Deployment>> ApplyAsync(ReceiverWorkload workload, IReadOnlyCollection<V1OwnerReference> owners, CancellationToken cancellationToken)
    {
        var ownership = Ownership.Shared<MessengerIntegration>(owners);
        await applier.ApplyAsync(ReceiverService.Build(workload), ownership, cancellationToken);
        await applier.ApplyAsync(ReceiverNetworkPolicy.Build(workload), ownership, cancellationToken);
        if (ReceiverSpool.OnClaim(workload.Spool))
        {
            await claim.ApplyAsync(workload, cancellationToken);
        }

        var deployment = await ApplyDeploymentAsync(workload, ownership, cancellationToken);

        // What only accompanies the pods comes after them: its trouble must not keep them from running.
        await ApplyOrDeleteAsync(workload.Group, ownership, ReceiverAutoscaler.Build(workload), cancellationToken);
        switch (await DisruptionBudgetVersionAsync(cancellationToken))
        {
            case "policy/v1":
                await ApplyOrDeleteAsync(workload.Group, ownership, ReceiverDisruptionBudget.Build(workload), cancellationToken);
                break;
            case "policy/v1beta1":
                await ApplyOrDeleteAsync(workload.Group, ownership, ReceiverDisruptionBudget.BuildBeta(workload), cancellationToken);
                break;
        }

        return deployment;
    }

    /// <summary>Removes all of them but the spool's volume claim; what is not ours is left alone.</summary>
    public async Task DeleteAsync(ReceiverGroup group, CancellationToken cancellationToken)
    {
        await DeleteOursAsync<V1Deployment>(group, cancellationToken);
        await DeleteOursAsync<V1HorizontalPodAutoscaler>(group, cancellationToken);
        await DeleteOursAsync<V1Service>(group, cancellationToken);
        await DeleteOursAsync<V1NetworkPolicy>(group, cancellationToken);
        switch (await DisruptionBudgetVersionAsync(cancellationToken))
        {
            case "policy/v1":
                await DeleteOursAsync<V1PodDisruptionBudget>(group, cancellationToken);
                break;
            case "policy/v1beta1":
                await DeleteOursAsync<V1Beta1PodDisruptionBudget>(group, cancellationToken);
                break;
        }
    }

    private async Task<ApplyResult<V1Deployment>> ApplyDeploymentAsync(ReceiverWorkload workload, Ownership ownership, CancellationToken cancellationToken)
    {
        var intent = ReceiverDeployment.Build(workload);
        var applied = await applier.ApplyAsync(intent, ownership, cancellationToken, (live, next, token) => AllowsAsync(workload, live, next, token));
        if (applied.Outcome != ApplyOutcome.Held)
        {
            return applied;
        }

        // All but its pods follows. Its owners above all: when those that it has are gone it would be collected, and its pods with it.
        intent.Spec.Template = applied.Entity.Spec.Template;
        intent.Spec.Replicas = intent.Spec.Replicas is null ? null : applied.Entity.Spec.Replicas;
        return new((await applier.ApplyAsync(intent, ownership, cancellationToken)).Entity, ApplyOutcome.Held);
    }

    private async ValueTask<bool> AllowsAsync(ReceiverWorkload workload, V1Deployment live, V1Deployment next, CancellationToken cancellationToken)
    {
        if (workload.Settings.Autoscaling is not null && next.Spec.Replicas != live.Spec.Replicas)
        {
            // The number is the autoscaler's from now on, and it begins at what there is. The object has changed by that, so the apply looks again.
            await applier.HandOverAsync(live, ReceiverDeployment.Number(workload, live), cancellationToken);
            return true;
        }

        return await hold.AllowsAsync(live, next, cancellationToken);
    }

    private ValueTask<string?> DisruptionBudgetVersionAsync(CancellationToken cancellationToken) =>
        discovery.PreferredVersionAsync("PodDisruptionBudget", DisruptionBudgetVersions, cancellationToken);

    private async Task ApplyOrDeleteAsync<T>(ReceiverGroup group, Ownership ownership, T? intent, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (intent is not null)
        {
            await applier.ApplyAsync(intent, ownership, cancellationToken);
        }
        else
        {
            await applier.DeleteAsync<T>(group.Key, ownership, cancellationToken);
        }
    }

    private async Task DeleteOursAsync<T>(ReceiverGroup group, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await applier.DeleteAsync<T>(group.Key, Ownership.Shared<MessengerIntegration>([]), cancellationToken);
        }
        catch (ForeignOwnerException)
        {
            // It only has the name.
        }
    }
}
