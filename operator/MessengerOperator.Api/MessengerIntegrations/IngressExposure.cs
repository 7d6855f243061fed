using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The Ingress that routes the webhook.</summary>
public sealed record IngressExposure
{
    /// <summary>Ingress class. Without it the cluster's default class serves.</summary>
    [Length(1, 253)]
    public string? ClassName { get; init; }

    /// <summary>Annotations of the Ingress, such as those of the ingress controller or of cert-manager.</summary>
    [PropertyLimits(maxProperties: 64)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Secret with certificate and key for the host. Without it the ingress controller's own certificate serves.</summary>
    [Length(1, 253)]
    [Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
    public string? TlsSecretName { get; init; }
}
