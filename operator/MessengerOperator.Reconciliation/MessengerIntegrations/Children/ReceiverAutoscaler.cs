using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Scales the receiver by CPU. autoscaling/v1 says all that the spec can, and every server has it.</summary>
internal static class ReceiverAutoscaler
{
    public static V1HorizontalPodAutoscaler? Build(ReceiverPlan plan) => plan.Workload.Autoscaling is not { } scaling
        ? null
        : new V1HorizontalPodAutoscaler
        {
            ApiVersion = "autoscaling/v1",
            Kind = "HorizontalPodAutoscaler",
            Metadata = plan.Metadata(),
            Spec = new V1HorizontalPodAutoscalerSpec
            {
                ScaleTargetRef = new V1CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = plan.Name },
                MinReplicas = scaling.MinReplicas,
                MaxReplicas = scaling.MaxReplicas,
                TargetCPUUtilizationPercentage = scaling.TargetCPUUtilizationPercentage,
            },
        };
}
