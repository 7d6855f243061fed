namespace MessengerOperator.Receiver.Configuration;

/// <summary>Which configuration is in use.</summary>
/// <param name="LoadedAt">When the table in use was made; null before the first.</param>
/// <param name="Rejected">The newer document that was turned down; null when the newest is in use.</param>
internal sealed record ConfigurationState(DateTimeOffset? LoadedAt, RejectedConfiguration? Rejected);

/// <summary>A document that was turned down.</summary>
internal sealed record RejectedConfiguration(DateTimeOffset At, IReadOnlyList<string> Problems);
