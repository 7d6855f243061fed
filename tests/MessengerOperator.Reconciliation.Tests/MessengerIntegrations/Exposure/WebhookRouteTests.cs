using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations.Exposure;

/// <summary>What is put in front of a receiver: nothing but the webhook's URL leads to it.</summary>
public class WebhookRouteTests
{
    private const string Host = "hooks.acme.example";
    private const string Path = "/ns/acme.support";

    [Fact]
    public void An_Ingress_has_the_webhooks_host_and_exact_path_and_no_settings_of_its_own()
    {
        var ingress = WebhookIngress.Build(Route(new ExposureSpec { Type = ExposureType.Ingress }));

        Assert.Null(ingress.Spec.IngressClassName);
        Assert.Null(ingress.Spec.Tls);
        Assert.Null(ingress.Spec.DefaultBackend);
        Assert.Null(ingress.Metadata.Annotations);
        var rule = Assert.Single(ingress.Spec.Rules);
        var path = Assert.Single(rule.Http.Paths);
        Assert.Equal((Host, Path, "Exact"), (rule.Host, path.Path, path.PathType));
        Assert.Equal(("team-receiver", 80), (path.Backend.Service.Name, path.Backend.Service.Port.Number!.Value));
    }

    [Fact]
    public void An_Ingress_has_class_annotations_and_certificate_of_the_spec()
    {
        var ingress = WebhookIngress.Build(Route(new ExposureSpec
        {
            Type = ExposureType.Ingress,
            Ingress = new IngressExposure { ClassName = "public", TlsSecretName = "hooks-tls", Annotations = new Dictionary<string, string> { ["a.example/b"] = "c" } },
        }));

        Assert.Equal("public", ingress.Spec.IngressClassName);
        Assert.Equal(KeyValuePair.Create("a.example/b", "c"), Assert.Single(ingress.Metadata.Annotations));
        var tls = Assert.Single(ingress.Spec.Tls);
        Assert.Equal(("hooks-tls", Host), (tls.SecretName, Assert.Single(tls.Hosts)));
    }

    [Fact]
    public void An_HTTPRoute_has_the_Gateways_of_the_spec_and_no_field_that_is_left_to_the_server()
    {
        var spec = JsonNode.Parse(KubernetesJson.Serialize(WebhookHttpRoute.Build(Route(OnGateways))))!["spec"];

        var expected = """
            {"parentRefs":[{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"public","namespace":"gateways","sectionName":"https"},
            {"group":"gateway.networking.k8s.io","kind":"Gateway","name":"own","port":8443}],"hostnames":["hooks.acme.example"],
            "rules":[{"matches":[{"path":{"type":"Exact","value":"/ns/acme.support"}}],"backendRefs":[{"name":"team-receiver","port":80}]}]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), spec!.ToJsonString());
    }

    [Fact]
    public void Below_a_path_that_goes_on_with_a_token_everything_is_routed()
    {
        var ingress = WebhookIngress.Build(Route(new ExposureSpec { Type = ExposureType.Ingress }) with { IsPrefix = true });
        var route = WebhookHttpRoute.Build(Route(OnGateways) with { IsPrefix = true });

        var path = ingress.Spec.Rules.Single().Http.Paths.Single();
        Assert.Equal(("Prefix", Path), (path.PathType, path.Path));
        Assert.Equal(new V1HttpRoute.PathMatch { Type = "PathPrefix", Value = Path }, route.Spec!.Rules!.Single().Matches!.Single().Path);
    }

    [Fact]
    public void Both_are_found_with_the_receivers_other_objects_and_named_after_the_integration()
    {
        IKubernetesObject<V1ObjectMeta>[] both = [WebhookIngress.Build(Route(new ExposureSpec { Type = ExposureType.Ingress })), WebhookHttpRoute.Build(Route(OnGateways))];

        Assert.All(both, item =>
        {
            Assert.Equal(("ns", "acme-support-441ec3b561-webhook"), (item.Metadata.NamespaceProperty, item.Metadata.Name));
            Assert.Equal("team", item.Metadata.Labels[ReceiverLabels.Instance]);
            Assert.Equal(ReceiverLabels.ManagedBy, item.Metadata.Labels["app.kubernetes.io/managed-by"]);
        });
    }

    [Fact]
    public void An_ingress_controller_of_any_namespace_reaches_the_port_that_the_Service_leads_to()
    {
        var workload = new ReceiverWorkload(new ReceiverGroup("ns", "team-receiver", "team"), new ReceiverSpec(), new SpoolSpec(), "receiver:1", "Always");

        var port = ReceiverService.Build(workload).Spec.Ports.Single(port => port.Port == ReceiverService.Port).TargetPort;

        var rule = ReceiverNetworkPolicy.Build(workload).Spec.Ingress.Single(rule => rule.Ports.Any(allowed => allowed.Port.Value == port.Value));
        Assert.Null(rule.FromProperty);
    }

    private static ExposureSpec OnGateways => new()
    {
        Type = ExposureType.HTTPRoute,
        HttpRoute = new HttpRouteExposure
        {
            ParentRefs = [new GatewayParentReference { Name = "public", Namespace = "gateways", SectionName = "https" }, new GatewayParentReference { Name = "own", Port = 8443 }],
        },
    };

    private static WebhookRoute Route(ExposureSpec exposure) => new(
        new MessengerIntegration
        {
            Metadata = new V1ObjectMeta { Name = "acme.support", NamespaceProperty = "ns" },
            Spec = new MessengerIntegrationSpec { Exposure = exposure, Receiver = new ReceiverSpec { Group = "team" } },
        },
        Host,
        Path,
        IsPrefix: false);
}
