namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>Something observed, with what it depended on and when it was.</summary>
/// <param name="Value">What was observed.</param>
/// <param name="Fingerprint">What it depends on; another fingerprint makes it worthless.</param>
/// <param name="At">When it was observed.</param>
internal sealed record Remembered<T>(T Value, string Fingerprint, DateTimeOffset At);
