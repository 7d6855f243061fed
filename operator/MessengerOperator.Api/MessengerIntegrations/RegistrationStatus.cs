using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>One registration really made at the provider: an entry of the ledger.</summary>
public sealed record RegistrationStatus
{
    /// <summary>The messenger.</summary>
    [JsonConverter(typeof(EnumTextConverter<MessengerProvider>))]
    [Required]
    public MessengerProvider Provider { get; init; }

    /// <summary>The provider's id of the account.</summary>
    [Required]
    public string AccountId { get; init; } = "";

    /// <summary>What the registration covers where an account has several, such as app/123 or number/4412345.</summary>
    public string? Scope { get; init; }

    /// <summary>The registered URL; a token in it is masked.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>How far it has got.</summary>
    [JsonConverter(typeof(EnumTextConverter<RegistrationState>))]
    [Required]
    public RegistrationState State { get; init; }

    /// <summary>When it came into this state, to the second.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Salted hash of the settings that the provider does not read back.</summary>
    public string? SettingsHash { get; init; }

    /// <summary>The salt of <c>settingsHash</c>.</summary>
    public string? Salt { get; init; }

    /// <summary>Base address of the provider's API it was made at, where that was not the usual one.</summary>
    public string? ApiBaseUrl { get; init; }

    /// <summary>Where the credentials it was made with are kept; they are needed to remove it.</summary>
    [XListType(ListType.Map)]
    [XListMapKeys("field")]
    public IReadOnlyList<LedgerCredential>? Credentials { get; init; }
}
