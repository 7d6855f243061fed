using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Keeps node drains from taking every receiver at once; only above one replica, since with one it would block drains for ever.</summary>
internal static class ReceiverDisruptionBudget
{
    public static V1PodDisruptionBudget? Build(ReceiverWorkload workload) => workload.Replicas < 2
        ? null
        : new V1PodDisruptionBudget { ApiVersion = "policy/v1", Kind = "PodDisruptionBudget", Metadata = workload.Group.Metadata(), Spec = Spec(workload) };

    public static V1Beta1PodDisruptionBudget? BuildBeta(ReceiverWorkload workload) => workload.Replicas < 2
        ? null
        : new V1Beta1PodDisruptionBudget { Metadata = workload.Group.Metadata(), Spec = Spec(workload) };

    private static V1PodDisruptionBudgetSpec Spec(ReceiverWorkload workload) => new() { MaxUnavailable = 1, Selector = new V1LabelSelector { MatchLabels = workload.Group.Selector } };
}
