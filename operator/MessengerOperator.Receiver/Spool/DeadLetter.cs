namespace MessengerOperator.Receiver.Spool;

/// <summary>An event that was put aside.</summary>
/// <param name="Number">Its number among the dead letters; what a redrive names.</param>
/// <param name="Stored">The event.</param>
/// <param name="Reason">Why.</param>
/// <param name="StatusCode">The sink's last answer; null when there was none.</param>
/// <param name="Attempts">How often the sink was asked since the process started.</param>
/// <param name="At">When it was put aside.</param>
internal sealed record DeadLetter(long Number, StoredEvent Stored, DeadLetterReason Reason, int? StatusCode, int Attempts, DateTimeOffset At);
