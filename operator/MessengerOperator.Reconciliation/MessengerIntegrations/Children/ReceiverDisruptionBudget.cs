using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Keeps node drains from taking every receiver at once; only above one replica, since with one it would block drains for ever.</summary>
internal static class ReceiverDisruptionBudget
{
    public static V1PodDisruptionBudget? Build(ReceiverPlan plan, string apiVersion) => plan.Replicas < 2
        ? null
        : new V1PodDisruptionBudget
        {
            ApiVersion = apiVersion,
            Kind = "PodDisruptionBudget",
            Metadata = plan.Metadata(),
            Spec = new V1PodDisruptionBudgetSpec { MaxUnavailable = 1, Selector = new V1LabelSelector { MatchLabels = plan.Selector } },
        };
}
