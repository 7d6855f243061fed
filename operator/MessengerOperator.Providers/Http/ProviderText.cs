using System.Text;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Http;

/// <summary>Makes text from outside fit for an Event or a log line.</summary>
public static class ProviderText
{
    private const int MaxChars = 200;
    private const int MaxTokenChars = 80;

    /// <summary>
    /// One line of at most 200 characters: control characters become blanks, and every secret of <paramref name="account"/> that the text
    /// contains (some servers echo the request) is replaced. Null stays null.
    /// </summary>
    public static string? Sanitise(string? text, ProviderAccount account)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Redact before cutting: half a token at the end of the line would no longer be recognised.
        var redacted = account.Credentials.Values.Concat(account.OtherSecrets)
            .Select(secret => secret.Reveal())
            .Where(value => value.Length > 0)
            .Aggregate(text, (current, value) => current.Replace(value, Secret.Redacted, StringComparison.Ordinal));

        var line = new StringBuilder(MaxChars);
        foreach (var rune in redacted.EnumerateRunes())
        {
            if (line.Length >= MaxChars)
            {
                return line.Append('…').ToString();
            }

            line.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }

    /// <summary>An id from outside, fit for a log line: at most 80 letters, digits and marks of ids; anything else becomes an underscore.</summary>
    public static string Token(string id) =>
        string.Concat(id.Take(MaxTokenChars).Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' ? character : '_'));
}
