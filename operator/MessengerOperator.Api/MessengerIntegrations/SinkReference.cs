using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>An object that events go to: a Service, or anything with status.address.url.</summary>
[ValidationRule("(!has(self.port) && !has(self.path)) || (self.apiVersion == 'v1' && self.kind == 'Service')", SpecMessages.PortAndPathBelongToService)]
public sealed record SinkReference
{
    /// <summary>API version of the object, such as v1 or serving.knative.dev/v1.</summary>
    [Required]
    [Length(1, 317)]
    [Pattern("^([a-z0-9.-]+/)?v[a-z0-9]+$")]
    public string ApiVersion { get; init; } = "";

    /// <summary>Kind of the object, such as Service.</summary>
    [Required]
    [Length(1, 63)]
    [Pattern("^[A-Z][A-Za-z0-9]*$")]
    public string Kind { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the object. Without it the integration's own; another one only where the operator allows it.</summary>
    [Length(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string? Namespace { get; init; }

    /// <summary>Port of a Service. Without it its only port, or 80.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(65535)]
    public int? Port { get; init; }

    /// <summary>Path at a Service, beginning with a slash. Without it the root.</summary>
    [Length(1, 1024)]
    [ValidationRule("self.startsWith('/')", SpecMessages.SinkPathStartsWithSlash)]
    public string? Path { get; init; }
}
