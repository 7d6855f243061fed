using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>JSON as LINE writes it: raw UTF-8, nothing escaped that need not be.</summary>
internal static partial class LineText
{
    /// <summary>The JSON text. The framework's writer escapes what lies beyond the basic plane (emoji); LINE does not.</summary>
    public static string Write(JsonNode node) => EscapedPair.Replace(JsonAnswer.Write(node), match =>
        string.Concat(Unit(match.Groups["high"].Value), Unit(match.Groups["low"].Value)));

    private static char Unit(string hex) => (char)ushort.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // An even number of backslashes before it: those are escaped backslashes, this one begins an escape.
    [GeneratedRegex(@"(?<=(?:^|[^\\])(?:\\\\)*)\\u(?<high>[Dd][89ABab][0-9A-Fa-f]{2})\\u(?<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex EscapedPair { get; }
}
