namespace MessengerOperator.Providers.Webhooks;

/// <summary>The message that an event concerns.</summary>
/// <param name="Id">The provider's id; unique within the conversation.</param>
/// <param name="ReplyTo">Id of the message that it answers; null for none.</param>
/// <param name="AlbumId">The same for messages that were sent as one album; null otherwise.</param>
public sealed record EventMessage(string Id, string? ReplyTo = null, string? AlbumId = null)
{
    /// <summary>Which part of a message it is that the provider delivers in several events (a long SMS); null when it is whole.</summary>
    public EventMessagePart? Part { get; init; }
}

/// <summary>One of several parts of a message. They arrive in any order; their texts put together by number are the message.</summary>
/// <param name="Group">The same for all parts of one message of a conversation. Short and used again after a while.</param>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Total">How many there are.</param>
public sealed record EventMessagePart(string Group, int Number, int Total);
