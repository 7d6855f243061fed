namespace MessengerOperator.Providers.Webhooks;

/// <summary>The message that an event concerns.</summary>
/// <param name="Id">The provider's id; unique within the conversation.</param>
/// <param name="ReplyTo">Id of the message that it answers; null for none.</param>
/// <param name="AlbumId">The same for messages that were sent as one album; null otherwise.</param>
public sealed record EventMessage(string Id, string? ReplyTo = null, string? AlbumId = null);
