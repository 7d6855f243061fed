using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A credential that a registration was made with.</summary>
public sealed record LedgerCredential
{
    /// <summary>Name of the field in the provider's block, such as apiToken.</summary>
    [Required]
    public string Field { get; init; } = "";

    /// <summary>Name of the Secret.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>Key within the Secret.</summary>
    [Required]
    public string Key { get; init; } = "";
}
