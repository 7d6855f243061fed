using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A header sent with every event: a value as it stands, or one from a Secret.</summary>
[ValidationRule("has(self.value) != has(self.valueFrom)", SpecMessages.HeaderHasOneValue)]
public sealed record HttpHeaderSpec
{
    /// <summary>Name of the header.</summary>
    [Required]
    [Length(1, 128)]
    [Pattern("^[A-Za-z0-9!#$%&'+*.^_`|~-]+$")]
    public string Name { get; init; } = "";

    /// <summary>The value, for what is no secret.</summary>
    [Length(1, 1024)]
    [Pattern("^[\\x20-\\x7E]*$")]
    public string? Value { get; init; }

    /// <summary>The Secret key that holds the value.</summary>
    public SecretKeySelector? ValueFrom { get; init; }
}
