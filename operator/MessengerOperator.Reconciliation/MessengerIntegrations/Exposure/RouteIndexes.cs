using k8s.Models;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>By what Ingresses and HTTPRoutes are looked up besides their names.</summary>
internal static class RouteIndexes
{
    /// <summary>By the receiver that they lead to, and each host and path; see <see cref="WebhookRoute.IndexValue"/>.</summary>
    public const string ByUrl = "url";

    public static IEnumerable<string> Urls(V1Ingress ingress) => ReceiverGroup.Of(ingress) is not { } receiver ? [] : (
        from rule in ingress.Spec?.Rules ?? []
        from path in rule.Http?.Paths ?? []
        select ValueOf(receiver, rule.Host, path.Path, path.PathType)).Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> Urls(V1HttpRoute route) => ReceiverGroup.Of(route) is not { } receiver ? [] : (
        from host in route.Spec?.Hostnames ?? []
        from rule in route.Spec?.Rules ?? []
        from match in rule.Matches ?? []
        select ValueOf(receiver, host, match.Path?.Value, match.Path?.Type)).Distinct(StringComparer.Ordinal);

    public static string ValueOf(ReceiverGroup receiver, string? host, string? path, string? pathType) => $"{receiver.IndexValue} {pathType} {host}{path}";
}
