using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Reads a <c>message</c>: written by a person, taken back, or an echo of what the page wrote.</summary>
internal static class FacebookMessage
{
    /// <summary>The kind of an echo: the name of the field that subscribes to them.</summary>
    public const string Echo = "message_echoes";

    /// <summary>The event, its id without the page; null for an echo of our own app, since answering to oneself makes a loop.</summary>
    public static MessengerEvent? Read(MessengerEvent read, JsonElement message, string? ownApp)
    {
        // What the page itself sends is an echo, whatever the flag says.
        if (message.IsTrue("is_echo") || read.Data.Sender is { Type: SenderType.Conversation })
        {
            return ownApp is not null && message.Id("app_id") == ownApp ? null : Echoed(Written(read, message));
        }

        return message.IsTrue("is_deleted") ? Deleted(read, message.Text("mid")) : Written(read, message);
    }

    private static MessengerEvent Echoed(MessengerEvent written) => written with { Type = EventType.Other, Data = written.Data with { Kind = Echo } };

    private static MessengerEvent Written(MessengerEvent read, JsonElement message)
    {
        var mid = message.Text("mid");
        var content = FacebookContent.Of(message);
        return read with
        {
            Id = mid ?? string.Empty,
            Type = content is null || read.Data.Conversation is null ? EventType.Other
                : content.Type == ContentType.Postback ? EventType.PostbackReceived
                : EventType.MessageReceived,
            Data = read.Data with
            {
                Message = mid is null ? null : new(mid, message.Object("reply_to")?.Text("mid")),
                Content = content,
                Referral = message.Object("referral")?.Text("ref"),
            },
        };
    }

    // The id of the message stays that of its arrival, so this has one of its own.
    private static MessengerEvent Deleted(MessengerEvent read, string? mid) => mid is null
        ? read
        : read with
        {
            Id = $"{mid}-deleted",
            Type = read.Data.Conversation is null ? EventType.Other : EventType.MessageDeleted,
            Data = read.Data with { Message = new(mid) },
        };
}
