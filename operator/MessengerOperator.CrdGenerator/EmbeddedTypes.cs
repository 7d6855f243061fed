using k8s.Models;

namespace MessengerOperator.CrdGenerator;

/// <summary>What Kubernetes says of its own types that are embedded in ours and that the client's classes do not carry.</summary>
/// <remarks>
/// Required fields, map-like lists and atomic objects as in Kubernetes' OpenAPI description (api/openapi-spec of kubernetes/kubernetes).
/// Their descriptions are left out: they would be most of the definition, and <c>kubectl explain pod.spec.affinity</c> has them.
/// </remarks>
internal static class EmbeddedTypes
{
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(Corev1ResourceClaim)] = ["name"],
        [typeof(V1Affinity)] = [],
        [typeof(V1LabelSelector)] = [],
        [typeof(V1LabelSelectorRequirement)] = ["key", "operator"],
        [typeof(V1LocalObjectReference)] = ["name"],
        [typeof(V1NodeAffinity)] = [],
        [typeof(V1NodeSelector)] = ["nodeSelectorTerms"],
        [typeof(V1NodeSelectorRequirement)] = ["key", "operator"],
        [typeof(V1NodeSelectorTerm)] = [],
        [typeof(V1PodAffinity)] = [],
        [typeof(V1PodAffinityTerm)] = ["topologyKey"],
        [typeof(V1PodAntiAffinity)] = [],
        [typeof(V1PreferredSchedulingTerm)] = ["preference", "weight"],
        [typeof(V1ResourceRequirements)] = [],
        [typeof(V1Toleration)] = [],
        [typeof(V1TopologySpreadConstraint)] = ["maxSkew", "topologyKey", "whenUnsatisfiable"],
        [typeof(V1WeightedPodAffinityTerm)] = ["podAffinityTerm", "weight"],
    };

    private static readonly HashSet<Type> Atomic =
        [typeof(V1LabelSelector), typeof(V1LocalObjectReference), typeof(V1NodeSelector), typeof(V1NodeSelectorTerm)];

    public static bool IsEmbedded(Type type) => type.Assembly == typeof(V1Affinity).Assembly;

    /// <exception cref="InvalidOperationException">A type nobody has looked up yet.</exception>
    public static IReadOnlyList<string> RequiredFieldsOf(Type type) => Required.TryGetValue(type, out var fields)
        ? fields
        : throw new InvalidOperationException($"Look up the required fields of {type.Name} in Kubernetes' OpenAPI description and add them to {nameof(EmbeddedTypes)}.");

    public static bool IsAtomic(Type type) => Atomic.Contains(type);

    /// <summary>The fields that tell the items of a list apart, or null when the list has one owner as a whole.</summary>
    public static string? ListMapKeyOf(Type element) => element == typeof(Corev1ResourceClaim) ? "name" : null;
}
