using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Only the two ports of a receiver can be reached. Where it may connect to is its sink's matter, which only the platform knows.</summary>
internal static class ReceiverNetworkPolicy
{
    public static V1NetworkPolicy Build(ReceiverWorkload workload) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = workload.Group.Metadata(),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = workload.Group.Selector },
            PolicyTypes = ["Ingress"],
            Ingress =
            [
                new V1NetworkPolicyIngressRule
                {
                    Ports =
                    [
                        new V1NetworkPolicyPort { Port = ReceiverDeployment.TrafficPort, Protocol = "TCP" },
                        new V1NetworkPolicyPort { Port = ReceiverDeployment.ManagementPort, Protocol = "TCP" },
                    ],
                },
            ],
        },
    };
}
