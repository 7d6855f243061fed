using k8s;
using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>A PodDisruptionBudget for servers before 1.21, which have policy/v1beta1 only; KubernetesClient no longer has the type. The spec is the same.</summary>
[KubernetesEntity(Group = "policy", ApiVersion = "v1beta1", Kind = "PodDisruptionBudget", PluralName = "poddisruptionbudgets")]
internal sealed class V1Beta1PodDisruptionBudget : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "policy/v1beta1";

    public string Kind { get; set; } = "PodDisruptionBudget";

    public V1ObjectMeta Metadata { get; set; } = new();

    public V1PodDisruptionBudgetSpec? Spec { get; set; }
}
