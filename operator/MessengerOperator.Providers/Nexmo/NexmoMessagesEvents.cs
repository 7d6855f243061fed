using System.Globalization;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Reads what the Messages API sends, version v1: messages of any channel, and states of sent ones.</summary>
internal static class NexmoMessagesEvents
{
    /// <summary>Member that every event has.</summary>
    public const string MessageId = "message_uuid";

    private const string Unknown = "unknown";

    /// <summary>The event; null without an id.</summary>
    public static MessengerEvent? Read(JsonElement root, JsonFragment original, in ParseContext context) =>
        root.Id(MessageId) is not { } id || string.IsNullOrWhiteSpace(id) ? null
        : root.Text("status") is { } status && root.Text("message_type") is null ? State(root, id, status, original, context)
        : Message(root, id, original, context);

    private static MessengerEvent Message(JsonElement root, string id, JsonFragment original, in ParseContext context)
    {
        var sender = root.Id("from");
        var type = root.Text("message_type");
        var content = NexmoMessagesContent.Of(root, type);
        return new()
        {
            Id = id,
            Type = (content, sender) switch
            {
                (null, _) or (_, null) => EventType.Other,
                ({ Type: ContentType.Postback }, _) => EventType.PostbackReceived,
                _ => EventType.MessageReceived,
            },
            Data = new()
            {
                Conversation = sender is null ? null : new(sender, ConversationType.Private),
                Sender = sender is null ? null : new(sender, SenderType.User, root.Object("profile")?.Text("name")),
                Message = new(id, root.Object("context")?.Id(MessageId)),
                Time = Time(root, context),
                Kind = $"{root.Text("channel") ?? Unknown}.{type ?? Unknown}",
                Content = content,
                Original = original,
            },
        };
    }

    private static MessengerEvent State(JsonElement root, string id, string status, JsonFragment original, in ParseContext context)
    {
        var customer = root.Id("to");
        return new()
        {
            Id = $"{id}-{status}",
            Type = (status, customer) switch
            {
                ("delivered", not null) => EventType.MessageDelivered,
                ("read", not null) => EventType.MessageRead,
                _ => EventType.Other,
            },
            Data = new()
            {
                Conversation = customer is null ? null : new(customer, ConversationType.Private),
                Sender = customer is not null && status is "delivered" or "read" ? new(customer, SenderType.User) : null,
                Message = new(id),
                Time = Time(root, context),
                Kind = $"{root.Text("channel") ?? Unknown}.status.{status}",
                Original = original,
            },
        };
    }

    private static DateTimeOffset Time(JsonElement root, in ParseContext context) =>
        DateTimeOffset.TryParse(root.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : context.ReceivedAt;
}
