using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Compares what members of a group want of their receiver.</summary>
internal static class ReceiverSettings
{
    private const string Group = "group";

    /// <summary>The fields of <c>spec.receiver</c> that a member sets and that are otherwise in the settings that count, in the order of the spec.</summary>
    public static IReadOnlyList<string> Ignored(ReceiverSpec? member, ReceiverSpec? counts)
    {
        var (wanted, given) = (Fields(member), Fields(counts));
        return [.. wanted.Where(field => field.Key != Group && !JsonNode.DeepEquals(field.Value, given[field.Key])).Select(field => field.Key)];
    }

    private static JsonObject Fields(ReceiverSpec? settings) => settings is null ? [] : JsonNode.Parse(KubernetesJson.Serialize(settings))!.AsObject();
}
