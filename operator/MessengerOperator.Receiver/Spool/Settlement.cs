namespace MessengerOperator.Receiver.Spool;

/// <summary>What became of an event.</summary>
/// <param name="Source">Its integration.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Reason">Why it is put aside; null when the sink has it.</param>
/// <param name="StatusCode">The sink's last answer; only with a reason.</param>
/// <param name="Attempts">How often the sink was asked; only with a reason.</param>
internal readonly record struct Settlement(SpoolSource Source, long Seq, DeadLetterReason? Reason = null, int? StatusCode = null, int Attempts = 0);
