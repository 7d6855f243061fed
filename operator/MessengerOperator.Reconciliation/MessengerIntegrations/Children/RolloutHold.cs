using k8s;
using k8s.Models;
using MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Keeps pods while they hold events that no sink takes: what is in an emptyDir goes with its pod.</summary>
/// <remarks>
/// Only what the operator would do itself: new pods for a new version or other settings, and fewer of them. Pods that do not answer hold nothing back, so that those that cannot run can be
/// mended. An autoscaler, the draining of a node, and whoever deletes pods or the Deployment do as they like.
/// </remarks>
internal sealed class RolloutHold(ReceiverStatusReader receivers)
{
    /// <summary>Whether the pods of a Deployment may be made as <paramref name="next"/> says.</summary>
    public async ValueTask<bool> AllowsAsync(V1Deployment live, V1Deployment next, CancellationToken cancellationToken) =>
        !TakesPodsAway(live, next)
        || !ReceiverSpool.GoesWithPod(live.Spec.Template.Spec)
        || ReceiverGroup.Of(next) is not { } group
        || await receivers.StuckAsync(group, cancellationToken) == 0;

    private static bool TakesPodsAway(V1Deployment live, V1Deployment next) =>
        next.Spec.Replicas < live.Spec.Replicas || KubernetesJson.Serialize(next.Spec.Template) != KubernetesJson.Serialize(live.Spec.Template);
}
