using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Compares what members of a group want of their receiver.</summary>
internal static class ReceiverSettings
{
    private const string Group = "group";

    private static readonly SpoolSpec DefaultSpool = new();

    /// <summary>The fields that a member sets, of all that make up its receiver, and that are otherwise in the spec that counts. The spool's defaults are no wish: the API server fills them in.</summary>
    public static IReadOnlyList<string> Ignored(MessengerIntegrationSpec member, MessengerIntegrationSpec counts) =>
    [
        .. Ignored(member.Receiver, counts.Receiver).Select(field => $"spec.receiver.{field}"),
        .. Ignored(member.Delivery.Spool, counts.Delivery.Spool).Select(field => $"spec.delivery.spool.{field}"),
    ];

    /// <summary>The fields of <c>spec.receiver</c> that a member sets and that are otherwise in the settings that count, in the order of the spec.</summary>
    public static IReadOnlyList<string> Ignored(ReceiverSpec? member, ReceiverSpec? counts)
    {
        var (wanted, given) = (Fields(member), Fields(counts));
        return [.. wanted.Where(field => field.Key != Group && !JsonNode.DeepEquals(field.Value, given[field.Key])).Select(field => field.Key)];
    }

    private static IEnumerable<string> Ignored(SpoolSpec member, SpoolSpec counts)
    {
        var (wanted, given, common) = (Fields(member), Fields(counts), Fields(DefaultSpool));
        return wanted.Where(field => !JsonNode.DeepEquals(field.Value, given[field.Key]) && !JsonNode.DeepEquals(field.Value, common[field.Key])).Select(field => field.Key);
    }

    private static JsonObject Fields(object? settings) => settings is null ? [] : JsonNode.Parse(KubernetesJson.Serialize(settings))!.AsObject();
}
