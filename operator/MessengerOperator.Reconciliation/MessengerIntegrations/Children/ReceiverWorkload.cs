using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What the pods of a group are like, and what accompanies them. Says nothing of its members, so that they come and go without a new pod.</summary>
/// <param name="Group">The group.</param>
/// <param name="Settings">The settings of its oldest member.</param>
/// <param name="Spool">Where its pods keep events; the oldest member's as well.</param>
/// <param name="Image">The receiver's image.</param>
/// <param name="ImagePullPolicy">When kubelets pull it.</param>
/// <param name="Traces">Where it sends traces; null for none.</param>
internal sealed record ReceiverWorkload(ReceiverGroup Group, ReceiverSpec Settings, SpoolSpec Spool, string Image, string ImagePullPolicy, ReceiverTraces? Traces = null)
{
    /// <summary>Pods wanted; the lowest number when the receiver scales by itself.</summary>
    public int Replicas => Settings.Autoscaling?.MinReplicas ?? Settings.Replicas ?? 1;
}
