namespace MessengerOperator.Inbox;

/// <summary>What arrived.</summary>
/// <param name="Count">Events taken, repeats included.</param>
/// <param name="Distinct">Different pairs of source and id.</param>
/// <param name="Duplicates">Events that had arrived before.</param>
/// <param name="Rejected">Requests that were no valid CloudEvent.</param>
/// <param name="Failed">Requests answered by a fault.</param>
/// <param name="Events">The events asked for, in the order of arrival.</param>
public sealed record InboxReport(int Count, int Distinct, int Duplicates, int Rejected, int Failed, IReadOnlyList<CloudEvent> Events);
