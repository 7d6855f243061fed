using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>The receiver's scale is said once, and its labels do not collide with ours.</summary>
internal static class ReceiverChecks
{
    private const string OurPrefix = MessengerIntegration.KubeGroup + "/";

    public static IEnumerable<SpecViolation> Of(ReceiverSpec? receiver) => receiver is null
        ? []
        :
        [
            .. ReplicasOrAutoscaling(receiver),
            .. MinReplicasIsAtMostMax(receiver),
            .. PodLabelsAreNotOurs(receiver),
            .. PodAnnotationsAreNotOurs(receiver),
        ];

    private static IEnumerable<SpecViolation> ReplicasOrAutoscaling(ReceiverSpec receiver) =>
        Rule.Holds(receiver.Replicas is null || receiver.Autoscaling is null, "spec.receiver.replicas", SpecMessages.ReplicasOrAutoscaling);

    private static IEnumerable<SpecViolation> MinReplicasIsAtMostMax(ReceiverSpec receiver) => Rule.Holds(
        receiver.Autoscaling is not { } scaling || scaling.MinReplicas <= scaling.MaxReplicas,
        "spec.receiver.autoscaling.minReplicas",
        SpecMessages.MinReplicasIsAtMostMax);

    private static IEnumerable<SpecViolation> PodLabelsAreNotOurs(ReceiverSpec receiver) =>
        Rule.Holds(!AnyKeyBegins(receiver.PodLabels, OurPrefix, "app.kubernetes.io/"), "spec.receiver.podLabels", SpecMessages.PodLabelsAreNotOurs);

    private static IEnumerable<SpecViolation> PodAnnotationsAreNotOurs(ReceiverSpec receiver) =>
        Rule.Holds(!AnyKeyBegins(receiver.PodAnnotations, OurPrefix), "spec.receiver.podAnnotations", SpecMessages.PodAnnotationsAreNotOurs);

    private static bool AnyKeyBegins(IReadOnlyDictionary<string, string>? map, params string[] prefixes) =>
        map is not null && map.Keys.Any(key => prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)));
}
