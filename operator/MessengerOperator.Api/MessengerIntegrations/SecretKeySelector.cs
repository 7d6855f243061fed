using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>One key of a Secret in the integration's namespace.</summary>
[XMapType]
public sealed record SecretKeySelector
{
    /// <summary>Name of the Secret.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
    public string Name { get; init; } = "";

    /// <summary>Key within the Secret.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern("^[-._a-zA-Z0-9]+$")]
    public string Key { get; init; } = "";
}
