using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The Ingress of a webhook: its host and path, and nothing else of the host.</summary>
internal static class WebhookIngress
{
    public static V1Ingress Build(WebhookRoute route)
    {
        var settings = route.Integration.Spec.Exposure.Ingress ?? new IngressExposure();
        return new V1Ingress
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "Ingress",
            Metadata = route.Metadata(settings.Annotations),
            Spec = new V1IngressSpec
            {
                IngressClassName = settings.ClassName,
                Tls = settings.TlsSecretName is { } secret ? [new V1IngressTLS { Hosts = [route.Host], SecretName = secret }] : null,
                Rules = [new V1IngressRule { Host = route.Host, Http = new V1HTTPIngressRuleValue { Paths = [Path(route)] } }],
            },
        };
    }

    private static V1HTTPIngressPath Path(WebhookRoute route) => new()
    {
        Path = route.Path,
        PathType = route.IngressPathType,
        Backend = new V1IngressBackend
        {
            Service = new V1IngressServiceBackend { Name = route.Service, Port = new V1ServiceBackendPort { Number = ReceiverService.Port } },
        },
    };
}
