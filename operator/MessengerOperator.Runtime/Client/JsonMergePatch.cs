using System.Text.Json.Nodes;

namespace MessengerOperator.Runtime.Client;

/// <summary>RFC 7386: the smallest merge patch that makes one document of another.</summary>
internal static class JsonMergePatch
{
    /// <summary>Null when the two are equal.</summary>
    public static JsonObject? Diff(JsonObject? from, JsonObject? to)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in to ?? [])
        {
            if (value is null)
            {
                continue;
            }

            var before = from?[name];
            if (value is JsonObject objectValue && before is null or JsonObject)
            {
                if (Diff(before as JsonObject, objectValue) is { } nested)
                {
                    patch[name] = nested;
                }
                else if (before is null)
                {
                    patch[name] = new JsonObject();
                }
            }
            else if (!JsonNode.DeepEquals(before, value))
            {
                patch[name] = value.DeepClone();
            }
        }

        foreach (var (name, value) in from ?? [])
        {
            if (value is not null && to?[name] is null)
            {
                patch[name] = null;
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
