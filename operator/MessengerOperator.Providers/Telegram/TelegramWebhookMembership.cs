using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads a <c>ChatMemberUpdated</c> about the bot itself: blocked and unblocked by a person, added to and removed from a group.</summary>
internal static class TelegramWebhookMembership
{
    /// <summary>The change; one of rank only (member to administrator) is an <see cref="EventType.Other"/>.</summary>
    public static (EventType Type, EventData Data) Changed(JsonElement change, in ParseContext context)
    {
        var data = new EventData
        {
            Conversation = TelegramWebhookParties.Conversation(change),
            Sender = TelegramWebhookParties.Sender(change),
            Time = change.UnixSeconds("date") ?? context.ReceivedAt,
            Kind = string.Empty,
            Original = default,
        };
        var type = (IsMember(change.Object("old_chat_member")), IsMember(change.Object("new_chat_member"))) switch
        {
            (not true, true) => EventType.ConversationStarted,
            (not false, false) => EventType.ConversationEnded,
            _ => EventType.Other,
        };
        return (data.Conversation is null ? EventType.Other : type, data);
    }

    private static bool? IsMember(JsonElement? member) => member?.Text("status") switch
    {
        "creator" or "administrator" or "member" => true,
        "restricted" => member.Value.IsTrue("is_member"),
        "left" or "kicked" => false,
        _ => null,
    };
}
