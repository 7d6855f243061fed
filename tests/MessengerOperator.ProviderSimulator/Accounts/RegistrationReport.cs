namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>The webhook now, and how it came to be.</summary>
/// <param name="Current">The webhook; null when there is none.</param>
/// <param name="History">Every attempt to set or remove it, oldest first.</param>
public sealed record RegistrationReport(Registration? Current, IReadOnlyList<RegistrationEvent> History);
