using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The HTTPRoute of a webhook: its host and path, on the Gateways that the spec names.</summary>
internal static class WebhookHttpRoute
{
    public static V1HttpRoute Build(WebhookRoute route) => new()
    {
        Metadata = route.Metadata(),
        Spec = new V1HttpRoute.RouteSpec
        {
            ParentRefs = route.Integration.Spec.Exposure.HttpRoute?.ParentRefs ?? [],
            Hostnames = [route.Host],
            Rules =
            [
                new V1HttpRoute.Rule
                {
                    Matches = [new V1HttpRoute.Match { Path = new V1HttpRoute.PathMatch { Type = route.HttpPathType, Value = route.Path } }],
                    BackendRefs = [new V1HttpRoute.BackendReference { Name = route.Service, Port = ReceiverService.Port }],
                },
            ],
        },
    };
}
