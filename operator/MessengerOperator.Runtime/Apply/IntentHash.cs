using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;

namespace MessengerOperator.Runtime.Apply;

/// <summary>
/// A short name for an intent. It is kept on the object, so that a field that is no longer intended is noticed although nothing that is intended differs.
/// </summary>
internal static class IntentHash
{
    /// <summary>32 hexadecimal digits. Of a Secret only the names of the keys count: a hash of the values could be guessed at by whoever reads metadata.</summary>
    public static string Of(JsonObject intent)
    {
        var relevant = intent.DeepClone().AsObject();
        if (relevant["kind"]?.GetValue<string>() == V1Secret.KubeKind && relevant["data"] is JsonObject data)
        {
            foreach (var key in data.Select(field => field.Key).ToList())
            {
                data[key] = string.Empty;
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(relevant)!.ToJsonString())))[..32];
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
