namespace MessengerOperator.Providers.Webhooks;

/// <summary>What happened; the <c>what</c> of the CloudEvents type <c>io.messenger-operator.{what}.v1</c>. A closed set.</summary>
public enum EventType
{
    /// <summary><c>event.other</c>: something that this schema has no type for; the original tells.</summary>
    Other = 0,

    /// <summary><c>message.received</c>: somebody wrote to the account.</summary>
    MessageReceived,

    /// <summary><c>message.edited</c>: a message has new content, given whole.</summary>
    MessageEdited,

    /// <summary><c>message.deleted</c>: its author took a message back.</summary>
    MessageDeleted,

    /// <summary><c>postback.received</c>: somebody pressed a button.</summary>
    PostbackReceived,

    /// <summary><c>conversation.started</c>: somebody opened, followed or unblocked the account, or added it to a group.</summary>
    ConversationStarted,

    /// <summary><c>conversation.ended</c>: somebody blocked or left the account, or removed it from a group.</summary>
    ConversationEnded,

    /// <summary><c>message.delivered</c>: a message of ours reached its device.</summary>
    MessageDelivered,

    /// <summary><c>message.read</c>: a message of ours was read.</summary>
    MessageRead,
}
