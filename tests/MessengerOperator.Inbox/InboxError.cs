namespace MessengerOperator.Inbox;

/// <summary>Why a request was refused.</summary>
/// <param name="Error">In words.</param>
public sealed record InboxError(string Error);
