namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>What is wanted of the webhook token in a pass.</summary>
/// <param name="Requested">The request for a new token that nobody has handled; null when there is none.</param>
/// <param name="Overlap">How long the former token stays valid at least.</param>
/// <param name="IsConfirmed">Whether the provider is known to have a token, so that the one before is not needed any more.</param>
internal sealed record TokenRotation(string? Requested, TimeSpan Overlap, Func<Providers.Secret, bool> IsConfirmed);
