namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Why a receiver's pods do not run: reason and message of the condition.</summary>
internal sealed record PodTrouble(string Reason, string Message);
