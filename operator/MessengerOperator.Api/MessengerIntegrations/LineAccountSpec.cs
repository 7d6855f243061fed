using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A channel of the LINE Messaging API. LINE's name of the account is compared with <c>spec.displayName</c> when that is set.</summary>
public sealed record LineAccountSpec
{
    /// <summary>Channel access token.</summary>
    [Required]
    public SecretKeySelector ChannelAccessToken { get; init; } = new();

    /// <summary>Channel secret; it signs every request from LINE.</summary>
    [Required]
    public SecretKeySelector ChannelSecret { get; init; } = new();
}
