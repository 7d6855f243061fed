using System.Text.Json.Nodes;

namespace MessengerOperator.CrdGenerator;

/// <summary>The schema of a status condition, with the bounds that Kubernetes' own metav1.Condition has.</summary>
internal static class ConditionSchema
{
    public static JsonObject Build() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("lastTransitionTime", "message", "reason", "status", "type"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("What is asked.", ("maxLength", 316), ("pattern", "^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")),
            ["status"] = Text("The answer.", ("enum", new JsonArray("True", "False", "Unknown"))),
            ["reason"] = Text("Why, in one word.", ("minLength", 1), ("maxLength", 1024), ("pattern", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")),
            ["message"] = Text("Why, in a sentence.", ("maxLength", 32768)),
            ["observedGeneration"] = new JsonObject
            {
                ["description"] = "The generation of the spec that the answer speaks of.",
                ["type"] = "integer",
                ["format"] = "int64",
                ["minimum"] = 0,
            },
            ["lastTransitionTime"] = Text("When the answer last changed.", ("format", "date-time")),
        },
    };

    private static JsonObject Text(string description, params IEnumerable<(string Key, JsonNode Value)> more)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "string" };
        foreach (var (key, value) in more)
        {
            schema[key] = value;
        }

        return schema;
    }
}
