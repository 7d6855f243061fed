using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A Gateway, or a listener of it, that the route attaches to.</summary>
public sealed record GatewayParentReference
{
    /// <summary>API group of the parent.</summary>
    [Length(1, 253)]
    [DefaultValue("gateway.networking.k8s.io")]
    public string Group { get; init; } = "gateway.networking.k8s.io";

    /// <summary>Kind of the parent.</summary>
    [Length(1, 63)]
    [DefaultValue("Gateway")]
    public string Kind { get; init; } = "Gateway";

    /// <summary>Name of the parent.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the parent. Without it the integration's own.</summary>
    [Length(1, 63)]
    public string? Namespace { get; init; }

    /// <summary>Listener to attach to. Without it every listener that allows the route.</summary>
    [Length(1, 253)]
    public string? SectionName { get; init; }

    /// <summary>Port of the listener to attach to.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(65535)]
    public int? Port { get; init; }
}
