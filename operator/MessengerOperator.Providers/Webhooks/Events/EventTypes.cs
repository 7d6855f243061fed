namespace MessengerOperator.Providers.Webhooks;

/// <summary>The names of <see cref="EventType"/> on the wire.</summary>
public static class EventTypes
{
    /// <summary>The CloudEvents type, for example <c>io.messenger-operator.message.received.v1</c>.</summary>
    public static string CloudEventsType(EventType type) => type switch
    {
        EventType.MessageReceived => "io.messenger-operator.message.received.v1",
        EventType.MessageEdited => "io.messenger-operator.message.edited.v1",
        EventType.MessageDeleted => "io.messenger-operator.message.deleted.v1",
        EventType.PostbackReceived => "io.messenger-operator.postback.received.v1",
        EventType.ConversationStarted => "io.messenger-operator.conversation.started.v1",
        EventType.ConversationEnded => "io.messenger-operator.conversation.ended.v1",
        EventType.MessageDelivered => "io.messenger-operator.message.delivered.v1",
        EventType.MessageRead => "io.messenger-operator.message.read.v1",
        _ => "io.messenger-operator.event.other.v1",
    };

    /// <summary>The short name, for example <c>message.received</c>; a metric's label.</summary>
    public static string Name(EventType type) => type switch
    {
        EventType.MessageReceived => "message.received",
        EventType.MessageEdited => "message.edited",
        EventType.MessageDeleted => "message.deleted",
        EventType.PostbackReceived => "postback.received",
        EventType.ConversationStarted => "conversation.started",
        EventType.ConversationEnded => "conversation.ended",
        EventType.MessageDelivered => "message.delivered",
        EventType.MessageRead => "message.read",
        _ => "event.other",
    };
}
