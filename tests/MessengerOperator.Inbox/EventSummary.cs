using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.Inbox;

/// <summary>An event in one line for people.</summary>
internal static class EventSummary
{
    private const int MaxText = 120;

    public static string Of(CloudEvent arrived)
    {
        var repeat = arrived.Repeats > 0 ? " (repeat)" : string.Empty;
        var text = Text(arrived.Data);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{arrived.ReceivedAt:HH:mm:ss.fff} #{arrived.Number}{repeat} {arrived["type"]} from {arrived["source"]} subject {arrived["subject"]} id {arrived["id"]}{(text.Length > 0 ? ": " : string.Empty)}{text}");
    }

    /// <summary>The first text of the content, on one line; control characters never reach the terminal.</summary>
    private static string Text(JsonNode? data)
    {
        var text = Find(data is JsonObject members && members["content"] is { } content ? content : data) ?? string.Empty;
        var line = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= MaxText ? line : line[..MaxText] + "…";
    }

    private static string? Find(JsonNode? node) => node switch
    {
        JsonObject members when members["text"] is JsonValue text && text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonObject members => members.Select(member => Find(member.Value)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
