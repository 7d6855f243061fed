using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Scales the receiver by CPU. autoscaling/v1 says all that the spec can, and every server has it.</summary>
internal static class ReceiverAutoscaler
{
    public static V1HorizontalPodAutoscaler? Build(ReceiverWorkload workload) => workload.Settings.Autoscaling is not { } scaling
        ? null
        : new V1HorizontalPodAutoscaler
        {
            ApiVersion = "autoscaling/v1",
            Kind = "HorizontalPodAutoscaler",
            Metadata = workload.Group.Metadata(),
            Spec = new V1HorizontalPodAutoscalerSpec
            {
                ScaleTargetRef = new V1CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = workload.Group.Name },
                MinReplicas = scaling.MinReplicas,
                MaxReplicas = scaling.MaxReplicas,
                TargetCPUUtilizationPercentage = scaling.TargetCPUUtilizationPercentage,
            },
        };
}
