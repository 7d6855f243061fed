namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The volume claim of a spool cannot become what the spec asks for. The message is one for the condition.</summary>
internal sealed class ClaimRefusedException(string message) : Exception(message);
