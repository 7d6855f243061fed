namespace MessengerOperator.Receiver.Configuration;

/// <summary>Which configuration is in use.</summary>
/// <param name="LoadedAt">When the table in use was made; null before the first.</param>
/// <param name="Rejected">What was turned down of the newest documents; null when all of it is in use.</param>
internal sealed record ConfigurationState(DateTimeOffset? LoadedAt, RejectedConfiguration? Rejected);

/// <summary>What was turned down.</summary>
/// <param name="At">When that was.</param>
/// <param name="Problems">One sentence each; no secret.</param>
/// <param name="Documents">How many documents were, and routes of integrations that an earlier document has.</param>
internal sealed record RejectedConfiguration(DateTimeOffset At, IReadOnlyList<string> Problems, int Documents);
