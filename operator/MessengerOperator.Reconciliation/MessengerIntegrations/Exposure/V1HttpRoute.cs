using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The fields of a Gateway API HTTPRoute that we set; KubernetesClient does not have the type.</summary>
[KubernetesEntity(Group = "gateway.networking.k8s.io", ApiVersion = "v1", Kind = "HTTPRoute", PluralName = "httproutes")]
internal sealed class V1HttpRoute : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "gateway.networking.k8s.io/v1";

    public string Kind { get; set; } = "HTTPRoute";

    public V1ObjectMeta Metadata { get; set; } = new();

    public RouteSpec? Spec { get; set; }

    /// <summary>Which Gateways, which hosts, and what is done with their requests.</summary>
    internal sealed record RouteSpec
    {
        public IReadOnlyList<GatewayParentReference>? ParentRefs { get; init; }

        public IReadOnlyList<string>? Hostnames { get; init; }

        public IReadOnlyList<Rule>? Rules { get; init; }
    }

    /// <summary>Where requests go that match.</summary>
    internal sealed record Rule
    {
        public IReadOnlyList<Match>? Matches { get; init; }

        public IReadOnlyList<BackendReference>? BackendRefs { get; init; }
    }

    /// <summary>What a request must be like.</summary>
    internal sealed record Match
    {
        public PathMatch? Path { get; init; }
    }

    /// <summary>Exact or PathPrefix, and the path.</summary>
    internal sealed record PathMatch
    {
        public string? Type { get; init; }

        public string? Value { get; init; }
    }

    /// <summary>A Service of the namespace, which is what a reference without a kind names.</summary>
    internal sealed record BackendReference
    {
        public string? Name { get; init; }

        public int? Port { get; init; }
    }
}
