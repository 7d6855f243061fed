namespace MessengerOperator.Reconciliation.MessengerIntegrations.Probing;

/// <summary>Outcome of a probe.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Detail">What exactly happened, for an Event; not stable enough for status. Null when reached.</param>
internal sealed record ProbeResult(ProbeVerdict Verdict, string? Detail = null);
