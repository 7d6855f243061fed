using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads who and where: <c>chat</c>, <c>from</c> and <c>sender_chat</c>.</summary>
internal static class TelegramWebhookParties
{
    /// <summary>The chat of a message or membership; null when there is none.</summary>
    public static EventConversation? Conversation(JsonElement message) =>
        message.Object("chat") is { } chat && chat.Id("id") is { } id
            ? new(id, TypeOf(chat), chat.Text("title"), message.Id("migrate_to_chat_id"), message.Id("migrate_from_chat_id"))
            : null;

    /// <summary>Who sent it: the chat that speaks for itself before the stand-in user that Telegram puts into <c>from</c>.</summary>
    public static EventSender? Sender(JsonElement payload)
    {
        if (payload.Object("sender_chat") is { } chat && chat.Id("id") is { } chatId)
        {
            return new(chatId, SenderType.Conversation, chat.Text("title"), chat.Text("username"));
        }

        return (payload.Object("from") ?? payload.Object("user")) is { } user && user.Id("id") is { } userId
            ? new(userId, user.IsTrue("is_bot") ? SenderType.Bot : SenderType.User, NameOf(user), user.Text("username"), user.Text("language_code"))
            : null;
    }

    /// <summary>First and last name.</summary>
    public static string? NameOf(JsonElement person) => (person.Text("first_name"), person.Text("last_name")) switch
    {
        (null, var last) => last,
        (var first, null) => first,
        var (first, last) => $"{first} {last}",
    };

    private static ConversationType TypeOf(JsonElement chat) => chat.Text("type") switch
    {
        "group" or "supergroup" => ConversationType.Group,
        "channel" => ConversationType.Channel,
        _ => ConversationType.Private,
    };
}
