using k8s.Models;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Discovery;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The objects of a receiver: applied on every pass, so that a changed sink, image or secret reaches a running receiver and hand edits are repaired.</summary>
internal sealed class ReceiverChildren(IResourceApplier applier, IApiDiscovery discovery, IOptions<IntegrationOptions> options)
{
    private static readonly string[] DisruptionBudgetVersions = ["policy/v1", "policy/v1beta1"];

    /// <summary>What the receiver of this pass's integration is made of.</summary>
    public ReceiverPlan Plan(MessengerIntegrationContext context)
    {
        var name = context.Entity.Metadata.Name;
        return new ReceiverPlan
        {
            Integration = context.Entity,
            Name = ChildNames.Receiver(name),
            Instance = ChildNames.LabelValue(name),
            WebhookSecret = context.Webhook.Name,
            Path = context.WebhookPath,
            Settings = context.Settings,
            VerificationKeys = context.Provider.VerificationKeys(context.Settings),
            Selectors = context.CredentialSelectors,
            AccountId = context.Identity.Id,
            AccountName = context.Identity.Username,
            Sink = context.Sink,
            Image = options.Value.ReceiverImage,
            ImagePullPolicy = options.Value.ReceiverImagePullPolicy,
        };
    }

    /// <summary>Applies all of them and removes those that are no longer wanted; gives the Deployment as it is now.</summary>
    /// <exception cref="ForeignOwnerException">One of the names is taken by an object that is not ours.</exception>
    public async Task<V1Deployment> ApplyAsync(ReceiverPlan plan, CancellationToken cancellationToken)
    {
        await applier.ApplyAsync(ReceiverConfigMap.Build(plan), plan.Integration, cancellationToken);
        await applier.ApplyAsync(ReceiverService.Build(plan), plan.Integration, cancellationToken);
        await applier.ApplyAsync(ReceiverNetworkPolicy.Build(plan), plan.Integration, cancellationToken);
        var deployment = await applier.ApplyAsync(ReceiverDeployment.Build(plan), plan.Integration, cancellationToken);

        // What only accompanies the pods comes after them: its trouble must not keep them from running.
        await ApplyOrDeleteAsync(plan, ReceiverAutoscaler.Build(plan), cancellationToken);
        await ApplyDisruptionBudgetAsync(plan, cancellationToken);
        return deployment.Entity;
    }

    private async Task ApplyDisruptionBudgetAsync(ReceiverPlan plan, CancellationToken cancellationToken)
    {
        switch (await discovery.PreferredVersionAsync("PodDisruptionBudget", DisruptionBudgetVersions, cancellationToken))
        {
            case "policy/v1":
                await ApplyOrDeleteAsync(plan, ReceiverDisruptionBudget.Build(plan), cancellationToken);
                break;
            case "policy/v1beta1":
                await ApplyOrDeleteAsync(plan, ReceiverDisruptionBudget.BuildBeta(plan), cancellationToken);
                break;
        }
    }

    private async Task ApplyOrDeleteAsync<T>(ReceiverPlan plan, T? intent, CancellationToken cancellationToken)
        where T : class, k8s.IKubernetesObject<V1ObjectMeta>
    {
        if (intent is not null)
        {
            await applier.ApplyAsync(intent, plan.Integration, cancellationToken);
        }
        else
        {
            await applier.DeleteAsync<T>(plan.Name, plan.Integration, cancellationToken);
        }
    }
}
