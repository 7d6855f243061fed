using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Keeps node drains from taking every receiver at once; only above one replica, since with one it would block drains for ever.</summary>
internal static class ReceiverDisruptionBudget
{
    public static V1PodDisruptionBudget? Build(ReceiverPlan plan) => plan.Replicas < 2
        ? null
        : new V1PodDisruptionBudget { ApiVersion = "policy/v1", Kind = "PodDisruptionBudget", Metadata = plan.Metadata(), Spec = Spec(plan) };

    public static V1Beta1PodDisruptionBudget? BuildBeta(ReceiverPlan plan) => plan.Replicas < 2
        ? null
        : new V1Beta1PodDisruptionBudget { Metadata = plan.Metadata(), Spec = Spec(plan) };

    private static V1PodDisruptionBudgetSpec Spec(ReceiverPlan plan) => new() { MaxUnavailable = 1, Selector = new V1LabelSelector { MatchLabels = plan.Selector } };
}
