namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The account as the provider reports it.</summary>
public sealed record AccountStatus
{
    /// <summary>The provider's stable id of the account: page id, LINE user id, API key or application id, bot id.</summary>
    public string? Id { get; init; }

    /// <summary>The account's handle at the provider; its id where it has none.</summary>
    public string? Username { get; init; }

    /// <summary>The account's name at the provider.</summary>
    public string? DisplayName { get; init; }

    /// <summary>When the credentials run out, to the minute, where the provider tells.</summary>
    public DateTime? CredentialsExpireAt { get; init; }
}
