using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads a <c>Message</c>.</summary>
internal static class TelegramWebhookMessage
{
    private const string StartCommand = "/start";

    /// <summary>A new message. A service message, or content that the schema has no type for, is an <see cref="EventType.Other"/>.</summary>
    public static (EventType Type, EventData Data) Received(JsonElement message, in ParseContext context)
    {
        var data = Read(message, context);
        if (IsStart(data, out var parameter))
        {
            return (EventType.ConversationStarted, data with { Referral = parameter });
        }

        return (data is { Content: not null, Conversation: not null } ? EventType.MessageReceived : EventType.Other, data);
    }

    /// <summary>New content of an earlier message.</summary>
    public static (EventType Type, EventData Data) Edited(JsonElement message, in ParseContext context)
    {
        var data = Read(message, context);
        data = data with { Time = message.UnixSeconds("edit_date") ?? data.Time };
        return (data is { Content: not null, Conversation: not null, Message: not null } ? EventType.MessageEdited : EventType.Other, data);
    }

    /// <summary>Anything else; what looks like a message or like a part of one is read as far as it goes.</summary>
    public static (EventType Type, EventData Data) Other(JsonElement payload, in ParseContext context) => (EventType.Other, Read(payload, context));

    private static EventData Read(JsonElement message, in ParseContext context) => new()
    {
        Conversation = TelegramWebhookParties.Conversation(message),
        Sender = TelegramWebhookParties.Sender(message),
        Message = message.Id("message_id") is { } id
            ? new(id, message.Object("reply_to_message")?.Id("message_id"), message.Id("media_group_id"))
            : null,
        Time = message.UnixSeconds("date") ?? context.ReceivedAt,
        Kind = string.Empty,
        Content = TelegramWebhookContent.Of(message),
        Original = default,
    };

    // Private chats only: in a group the command says that somebody there wants something, the group itself was joined before.
    private static bool IsStart(EventData data, out string? parameter)
    {
        parameter = null;
        if (data is not { Conversation.Type: ConversationType.Private, Content: { Type: ContentType.Text, Text: { } text } }
            || !text.StartsWith(StartCommand, StringComparison.Ordinal)
            || (text.Length > StartCommand.Length && text[StartCommand.Length] != ' '))
        {
            return false;
        }

        parameter = text[StartCommand.Length..].Trim() is { Length: > 0 } rest ? rest : null;
        return true;
    }
}
