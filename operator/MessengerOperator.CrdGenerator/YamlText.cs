using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MessengerOperator.CrdGenerator;

/// <summary>Writes JSON as block-style YAML: keys in the order given, two spaces, texts quoted as JSON whenever plain ones could be misread.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, ending in a line feed.</summary>
    public static string Write(JsonNode document)
    {
        var text = new StringBuilder();
        WriteNode(text, document, 0);
        return text.ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int indent)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    text.Append(' ', indent).Append(Scalar(key)).Append(':');
                    WriteValue(text, value, value is JsonArray ? indent : indent + 2);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    WriteItem(text, item, indent);
                }

                break;
            default:
                throw new ArgumentException("A document is a map or a list.", nameof(node));
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            WriteNode(text, value, indent);
            return;
        }

        text.Append(' ').Append(Leaf(value)).Append('\n');
    }

    private static void WriteItem(StringBuilder text, JsonNode? item, int indent)
    {
        if (item is not JsonObject { Count: > 0 })
        {
            text.Append(' ', indent).Append("- ").Append(Leaf(item)).Append('\n');
            return;
        }

        var start = text.Length;
        WriteNode(text, item, indent + 2);
        text[start + indent] = '-';
    }

    private static string Leaf(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Scalar(string value) => IsSafe(value) ? value : JsonSerializer.Serialize(value, Quoting);

    private static bool IsSafe(string value) =>
        SafePlain().IsMatch(value)
        && !value.Contains(": ", StringComparison.Ordinal)
        && !value.Contains(" #", StringComparison.Ordinal)
        && !value.EndsWith(':')
        && !value.EndsWith(' ')
        && !Ambiguous().IsMatch(value)
        && !decimal.TryParse(value, NumberStyles.Any, CultureInfo.InvariantCulture, out _);

    // Letters first and no control characters: everything that gives a plain YAML scalar another meaning is left to the quotes.
    [GeneratedRegex(@"\A[A-Za-z/][^\x00-\x1F\x7F]*\z")]
    private static partial Regex SafePlain();

    [GeneratedRegex(@"\A(true|false|null|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Ambiguous();
}
