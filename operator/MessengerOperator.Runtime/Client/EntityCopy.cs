using System.Text.Json.Nodes;
using k8s;

namespace MessengerOperator.Runtime.Client;

/// <summary>Copies of objects by way of their JSON, as the API server would give them.</summary>
public static class EntityCopy
{
    /// <summary>An independent copy; cached objects are shared and must not be changed.</summary>
    public static T DeepCopy<T>(T entity)
        where T : class => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(entity));

    internal static JsonObject? ToJson(object? value) => value is null ? null : JsonNode.Parse(KubernetesJson.Serialize(value))!.AsObject();
}
