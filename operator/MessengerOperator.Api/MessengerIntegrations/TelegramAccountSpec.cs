using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A bot on Telegram.</summary>
public sealed record TelegramAccountSpec
{
    /// <summary>Username of the bot, without a leading @. Compared with what Telegram says, ignoring case.</summary>
    [Required]
    [Length(1, 64)]
    [ValidationRule("!self.startsWith('@')", SpecMessages.UsernameHasNoAt)]
    public string BotUsername { get; init; } = "";

    /// <summary>API token from BotFather, of the form 123456789:AA....</summary>
    [Required]
    public SecretKeySelector ApiToken { get; init; } = new();

    /// <summary>Base address of a self-hosted Bot API server. Without it the public one is used.</summary>
    [Length(1, 512)]
    [ValidationRule("self.matches('^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$')", SpecMessages.ApiBaseUrlIsHttp)]
    public string? ApiBaseUrl { get; init; }
}
