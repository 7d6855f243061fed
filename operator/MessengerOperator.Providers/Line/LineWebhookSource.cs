using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Line;

/// <summary>Reads who and where: <c>source</c>.</summary>
internal static class LineWebhookSource
{
    /// <summary>The chat; null when there is none or its kind is not known. A room is a group without a name.</summary>
    public static EventConversation? Conversation(JsonElement item)
    {
        var source = item.Object("source") ?? default;
        return source.Text("type") switch
        {
            "user" when source.Text("userId") is { } userId => new(userId, ConversationType.Private),
            "group" when source.Text("groupId") is { } groupId => new(groupId, ConversationType.Group),
            "room" when source.Text("roomId") is { } roomId => new(roomId, ConversationType.Group),
            _ => null,
        };
    }

    /// <summary>The person; null where LINE does not tell, as in a group for people who have not agreed.</summary>
    public static EventSender? Sender(JsonElement item) =>
        item.Object("source")?.Text("userId") is { } userId ? new(userId, SenderType.User) : null;
}
