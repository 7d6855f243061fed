using k8s.Models;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The pods that receive from the provider. The settings of a group come from its oldest member.</summary>
[ValidationRule("!has(self.replicas) || !has(self.autoscaling)", SpecMessages.ReplicasOrAutoscaling)]
public sealed record ReceiverSpec
{
    /// <summary>
    /// Integrations of one namespace with the same group share one receiver and one URL; each keeps its own path. Pages of one Meta app must be in
    /// one group. Without it the integration's own name, and so a receiver of its own.
    /// </summary>
    [Length(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string? Group { get; init; }

    /// <summary>Number of receiver pods; 1 without it. Not together with <c>autoscaling</c>.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(100)]
    public int? Replicas { get; init; }

    /// <summary>Scales the receiver by load instead of <c>replicas</c>.</summary>
    public AutoscalingSpec? Autoscaling { get; init; }

    /// <summary>CPU and memory of the receiver container.</summary>
    public V1ResourceRequirements? Resources { get; init; }

    /// <summary>Labels that a node must have to run the receiver.</summary>
    [PropertyLimits(maxProperties: 32)]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints that the receiver tolerates.</summary>
    [Items(maxItems: 64)]
    [XListType(ListType.Atomic)]
    public IReadOnlyList<V1Toleration>? Tolerations { get; init; }

    /// <summary>Scheduling rules of the receiver.</summary>
    public V1Affinity? Affinity { get; init; }

    /// <summary>How receiver pods spread over the cluster. Without it they are spread over nodes as far as possible.</summary>
    [Items(maxItems: 16)]
    [XListType(ListType.Atomic)]
    public IReadOnlyList<V1TopologySpreadConstraint>? TopologySpreadConstraints { get; init; }

    /// <summary>Priority class of the receiver pods.</summary>
    [Length(1, 253)]
    public string? PriorityClassName { get; init; }

    /// <summary>More labels for the receiver pods.</summary>
    [PropertyLimits(maxProperties: 32)]
    [Element(MaxLength = 63, Pattern = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    [ValidationRule("!self.exists(k, k.startsWith('messenger-operator.io/') || k.startsWith('app.kubernetes.io/'))", SpecMessages.PodLabelsAreNotOurs)]
    public IReadOnlyDictionary<string, string>? PodLabels { get; init; }

    /// <summary>More annotations for the receiver pods.</summary>
    [PropertyLimits(maxProperties: 64)]
    [ValidationRule("!self.exists(k, k.startsWith('messenger-operator.io/'))", SpecMessages.PodAnnotationsAreNotOurs)]
    public IReadOnlyDictionary<string, string>? PodAnnotations { get; init; }

    /// <summary>Secrets with which the receiver image is pulled.</summary>
    [Items(maxItems: 16)]
    [XListType(ListType.Atomic)]
    public IReadOnlyList<V1LocalObjectReference>? ImagePullSecrets { get; init; }
}
