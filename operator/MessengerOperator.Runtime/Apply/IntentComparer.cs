using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Tells whether a live object has everything that an intent asks for. What the intent does not mention (defaults, other managers' fields) is fine.</summary>
/// <remarks>
/// Known normalisations of the API server are seen through: quantities ("1000m" is "1"), empty values that it drops, list entries with a key that it or
/// others add to. In doubt the answer is "no", which costs a write and never leaves a hand edit.
/// </remarks>
internal static class IntentComparer
{
    private static readonly string[] ListKeys = ["name", "uid", "mountPath", "devicePath", "containerPort", "port", "key", "type", "ip", "topologyKey", "host", "path"];
    private static readonly HashSet<string> QuantityFields = ["requests", "limits", "hard", "capacity", "overhead"];
    private static readonly HashSet<string> QuantityValues = ["sizeLimit", "divisor", "averageValue", "storage"];

    public static bool IsSatisfied(JsonNode? intent, JsonNode? live) => IsSatisfied(intent, live, parent: string.Empty, name: string.Empty);

    private static bool IsSatisfied(JsonNode? intent, JsonNode? live, string parent, string name) => (intent, live) switch
    {
        (null, _) => true,
        (_, null) => IsEmpty(intent),
        (JsonObject wanted, JsonObject found) => wanted.All(field => IsSatisfied(field.Value, found[field.Key], name, field.Key)),
        (JsonArray wanted, JsonArray found) => IsSatisfied(wanted, found, name),
        (JsonValue wanted, JsonValue found) => IsSame(wanted, found, parent, name),
        _ => false,
    };

    private static bool IsSatisfied(JsonArray wanted, JsonArray found, string name)
    {
        if (KeyOf(wanted) is { } key)
        {
            return wanted.All(item => found.Any(candidate => JsonNode.DeepEquals(item![key], candidate?[key]) && IsSatisfied(item, candidate, name, name)));
        }

        return wanted.Count == found.Count && wanted.Zip(found).All(pair => IsSatisfied(pair.First, pair.Second, name, name));
    }

    /// <summary>The field by which the entries of a list can be told apart; null when there is none, so that order and length count.</summary>
    private static string? KeyOf(JsonArray items) => items.Count == 0 || !items.All(item => item is JsonObject)
        ? null
        : ListKeys.FirstOrDefault(key => items.All(item => item![key] is not null) && items.Select(item => item![key]!.ToJsonString()).Distinct().Count() == items.Count);

    private static bool IsSame(JsonValue wanted, JsonValue found, string parent, string name)
    {
        if (JsonNode.DeepEquals(wanted, found))
        {
            return true;
        }

        return (QuantityFields.Contains(parent) || QuantityValues.Contains(name))
            && TryParse(wanted, out var one)
            && TryParse(found, out var other)
            && one == other;
    }

    private static bool TryParse(JsonValue value, out decimal quantity)
    {
        try
        {
            quantity = new ResourceQuantity(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()).ToDecimal();
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            quantity = 0;
            return false;
        }
    }

    /// <summary>What Go's omitempty drops.</summary>
    private static bool IsEmpty(JsonNode? node) => node switch
    {
        null => true,
        JsonObject fields => fields.All(field => IsEmpty(field.Value)),
        JsonArray items => items.Count == 0,
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => value.GetValue<string>().Length == 0,
            JsonValueKind.Number => value.ToJsonString() == "0",
            _ => false,
        },
        _ => false,
    };
}
