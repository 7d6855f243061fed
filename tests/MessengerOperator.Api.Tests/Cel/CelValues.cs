using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MessengerOperator.Api.Tests.Schema;

namespace MessengerOperator.Api.Tests.Cel;

/// <summary>CEL's values and what can be done with them.</summary>
internal static class CelValues
{
    // The casts keep the values from becoming JSON again: JsonNode converts from all of them by itself.
    public static object Of(JsonNode node) => node switch
    {
        JsonObject or JsonArray => node,
        _ => (object)(node.GetValueKind() switch
        {
            JsonValueKind.String => (object)node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => long.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
            var kind => throw new CelException($"No value of kind {kind}."),
        }),
    };

    public static bool Truth(object value) => value is bool truth ? truth : throw new CelException("A truth value was expected.");

    public static bool Has(object target, string field) =>
        target is JsonObject map ? map[field] is not null : throw new CelException($"has({field}) of something without fields.");

    public static object Select(object target, string field) =>
        target is JsonObject map && map[field] is { } value ? Of(value) : throw new CelException($"no such key: {field}");

    public static IEnumerable<object> Elements(object target) => target switch
    {
        JsonArray list => list.Select(item => Of(item!)),
        JsonObject map => map.Select(entry => (object)entry.Key),
        _ => throw new CelException("A list or a map was expected."),
    };

    public static object Size(object target) => target switch
    {
        string text => (long)text.EnumerateRunes().Count(),
        JsonArray list => (long)list.Count,
        JsonObject map => (long)map.Count,
        _ => throw new CelException("Nothing with a size."),
    };

    public static TimeSpan Duration(object text) =>
        text is string value && MessengerIntegrations.Duration.TryParse(value, out var duration) ? duration : throw new CelException("invalid duration");

    public static object Call(string method, object target, object argument) => (method, target, argument) switch
    {
        ("startsWith", string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal),
        ("endsWith", string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal),
        ("contains", string text, string part) => text.Contains(part, StringComparison.Ordinal),
        ("matches", string text, string pattern) => Regex.IsMatch(text, Re2.ToNet(pattern), RegexOptions.CultureInvariant),
        _ => throw new CelException($"No method {method} for these values."),
    };

    public static bool Compare(string symbol, object left, object right)
    {
        if (left.GetType() != right.GetType())
        {
            throw new CelException($"{left.GetType().Name} {symbol} {right.GetType().Name}: found no matching overload");
        }

        if (symbol is "==" or "!=")
        {
            return Equals(left, right) == (symbol == "==");
        }

        var order = left is IComparable comparable and not string ? comparable.CompareTo(right) : string.CompareOrdinal((string)left, (string)right);
        return symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
