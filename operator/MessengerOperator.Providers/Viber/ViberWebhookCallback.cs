using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Viber;

/// <summary>Reads a callback: what happened, to whom, when.</summary>
internal static class ViberWebhookCallback
{
    private const string MessageToken = "message_token";

    /// <summary>The event's type and data, without its original.</summary>
    public static (EventType Type, EventData Data) Read(string kind, JsonElement callback, in ParseContext context)
    {
        var sender = Sender(callback);
        var data = new EventData
        {
            Conversation = Conversation(callback, sender),
            Sender = sender,
            Message = IsAboutMessage(kind) && callback.Id(MessageToken) is { } token ? new(token) : null,
            Time = callback.UnixMilliseconds("timestamp") ?? context.ReceivedAt,
            Kind = kind,
            Content = callback.Object("message") is { } message ? ViberWebhookContent.Of(message) : null,
            Referral = kind == "conversation_started" ? callback.Text("context") : null,
            Original = default,
        };
        return (data.Conversation is null ? EventType.Other : TypeOf(kind, data), data);
    }

    /// <summary>
    /// The same for each repeat. Receipts carry the token of the message they are about, each kind of them and each reader has one, and each device repeats it; everything else has a token of its own.
    /// </summary>
    public static string Id(string kind, JsonElement callback, ReadOnlyMemory<byte> body) => (callback.Id(MessageToken), kind) switch
    {
        // Never seen; better an event under a made-up id than none.
        (null, _) => $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16))}",
        ({ } token, "message" or "subscribed" or "unsubscribed" or "conversation_started") => token,
        ({ } token, _) => Sender(callback) is { Id: var user } ? $"{kind}-{token}-{user}" : $"{kind}-{token}",
    };

    private static EventType TypeOf(string kind, EventData data) => kind switch
    {
        "message" when data.Content is not null => EventType.MessageReceived,
        "subscribed" or "conversation_started" => EventType.ConversationStarted,
        "unsubscribed" => EventType.ConversationEnded,
        "delivered" when data.Message is not null => EventType.MessageDelivered,
        "seen" when data.Message is not null => EventType.MessageRead,
        _ => EventType.Other,
    };

    private static bool IsAboutMessage(string kind) => kind is "message" or "delivered" or "seen" or "failed";

    private static EventSender? Sender(JsonElement callback) => (callback.Object("sender") ?? callback.Object("user")) is { } person && person.Id("id") is { } id
        ? new(id, SenderType.User, person.Text("name"), Username: null, person.Text("language"))
        : callback.Id("user_id") is { } userId ? new(userId, SenderType.User) : null;

    private static EventConversation? Conversation(JsonElement callback, EventSender? sender) => callback.Id("chat_id") is { } chat
        ? new(chat, ConversationType.Group)
        : sender is null ? null : new(sender.Id, ConversationType.Private);
}
