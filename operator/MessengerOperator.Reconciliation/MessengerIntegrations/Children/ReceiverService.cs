using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The address in the cluster that url and path are routed to.</summary>
internal static class ReceiverService
{
    public const int Port = 80;

    public static V1Service Build(ReceiverWorkload workload) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = workload.Group.Metadata(),
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            Selector = workload.Group.Selector,
            Ports = [new V1ServicePort { Name = "http", Port = Port, TargetPort = ReceiverDeployment.TrafficPort, Protocol = "TCP" }],
        },
    };
}
