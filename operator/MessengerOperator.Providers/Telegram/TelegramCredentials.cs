using System.Text.RegularExpressions;

namespace MessengerOperator.Providers.Telegram;

/// <summary>The form of a bot's API token: <c>{bot id}:{secret}</c>.</summary>
internal static partial class TelegramCredentials
{
    /// <summary>Field of the block that selects the token.</summary>
    public const string ApiToken = "apiToken";

    /// <summary>What is wrong with a token's form; null when nothing is. Never quotes the token.</summary>
    public static string? Problem(Secret token) => token.Reveal() switch
    {
        "" => "the token is empty",
        var value when value.Trim().Length != value.Length => "the token has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)",
        var value when !TokenForm.IsMatch(value) => "the token does not have the form <bot id>:<secret> that BotFather shows",
        _ => null,
    };

    /// <summary>The bot's numeric id, which is the token's first part.</summary>
    public static string BotId(Secret token)
    {
        var value = token.Reveal();
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : value[..colon];
    }

    // The length of the secret part is not documented, so the bounds are loose; the whole is at most 80 characters.
    [GeneratedRegex(@"\A[1-9][0-9]{0,15}:[A-Za-z0-9_-]{30,70}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenForm { get; }
}
