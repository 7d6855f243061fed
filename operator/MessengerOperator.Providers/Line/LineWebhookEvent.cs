using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Line;

/// <summary>Reads one of a request's events: its kind, and what all kinds have in common.</summary>
internal static class LineWebhookEvent
{
    private const string Unknown = "unknown";

    /// <summary>The event, whatever it is: what is not understood is an <see cref="EventType.Other"/>, since LINE does not send it again.</summary>
    public static MessengerEvent Read(JsonElement item, JsonFragment original, in ParseContext context)
    {
        var kind = item.Text("type") ?? Unknown;
        var data = new EventData
        {
            Conversation = LineWebhookSource.Conversation(item),
            Sender = LineWebhookSource.Sender(item),
            Message = Message(item),
            Time = item.UnixMilliseconds("timestamp") ?? context.ReceivedAt,
            Kind = kind,
            Content = Content(kind, item),
            Original = original,
        };
        return new MessengerEvent { Id = item.Id("webhookEventId") is { } id && !string.IsNullOrWhiteSpace(id) ? id : IdOf(original), Type = TypeOf(kind, data), Data = data };
    }

    private static EventType TypeOf(string kind, EventData data) => (kind, data) switch
    {
        (_, { Conversation: null }) => EventType.Other,
        ("message", { Content: not null, Message: not null }) => EventType.MessageReceived,
        ("unsend", { Message: not null }) => EventType.MessageDeleted,
        ("postback", { Content: not null }) => EventType.PostbackReceived,
        ("follow" or "join", _) => EventType.ConversationStarted,
        ("unfollow" or "leave", _) => EventType.ConversationEnded,
        _ => EventType.Other,
    };

    private static EventMessage? Message(JsonElement item)
    {
        var message = item.Object("message") ?? default;
        return (message.Id("id") ?? item.Object("unsend")?.Id("messageId")) is { } id
            ? new(id, message.Id("quotedMessageId"), message.Object("imageSet")?.Id("id"))
            : null;
    }

    private static EventContent? Content(string kind, JsonElement item) => kind switch
    {
        "message" when item.Object("message") is { } message => LineWebhookContent.Of(message),
        "postback" when item.Object("postback") is { } postback => LineWebhookContent.Pressed(postback),
        _ => null,
    };

    // Every documented event has an id. One without gets the same whenever the same bytes come again.
    private static string IdOf(JsonFragment original) => $"sha256-{Convert.ToHexStringLower(SHA256.HashData(original.Utf8.Span))}";
}
