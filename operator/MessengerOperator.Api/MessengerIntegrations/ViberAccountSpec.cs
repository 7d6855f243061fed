using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A bot on Viber.</summary>
public sealed record ViberAccountSpec
{
    /// <summary>The bot's URI, as in its deep link, without a leading @. Compared with what Viber says.</summary>
    [Required]
    [Length(1, 128)]
    [ValidationRule("!self.startsWith('@')", SpecMessages.UsernameHasNoAt)]
    public string BotUsername { get; init; } = "";

    /// <summary>Authentication token of the bot. It also signs every request from Viber, so the receiver holds it too.</summary>
    [Required]
    public SecretKeySelector AuthToken { get; init; } = new();
}
