using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>The settings of a way of exposure are there when that way is chosen, and only then.</summary>
internal static class ExposureChecks
{
    public static IEnumerable<SpecViolation> Of(ExposureSpec exposure) =>
    [
        .. Rule.IsRecognized(exposure.Type, "spec.exposure.type"),
        .. IngressBelongsToTypeIngress(exposure),
        .. HttpRouteBelongsToTypeHttpRoute(exposure),
        .. HttpRouteNeedsParents(exposure),
    ];

    private static IEnumerable<SpecViolation> IngressBelongsToTypeIngress(ExposureSpec exposure) => Rule.Holds(
        exposure.Ingress is null || exposure.Type == ExposureType.Ingress, "spec.exposure.ingress", SpecMessages.IngressBelongsToTypeIngress);

    private static IEnumerable<SpecViolation> HttpRouteBelongsToTypeHttpRoute(ExposureSpec exposure) => Rule.Holds(
        exposure.HttpRoute is null || exposure.Type == ExposureType.HTTPRoute, "spec.exposure.httpRoute", SpecMessages.HttpRouteBelongsToTypeHttpRoute);

    private static IEnumerable<SpecViolation> HttpRouteNeedsParents(ExposureSpec exposure) => Rule.Holds(
        exposure.Type != ExposureType.HTTPRoute || exposure.HttpRoute is not null, "spec.exposure.httpRoute", SpecMessages.HttpRouteNeedsParents);
}
