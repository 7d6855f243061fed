using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The HTTPRoute that routes the webhook.</summary>
public sealed record HttpRouteExposure
{
    /// <summary>The Gateways that the route attaches to.</summary>
    [Required]
    [Items(1, 32)]
    [XListType(ListType.Atomic)]
    public IReadOnlyList<GatewayParentReference> ParentRefs { get; init; } = [];
}
