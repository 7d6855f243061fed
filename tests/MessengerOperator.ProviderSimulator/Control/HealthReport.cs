namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>The simulator is up.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="Accounts">How many accounts there are.</param>
/// <param name="Providers">The providers it plays.</param>
public sealed record HealthReport(string Status, int Accounts, IReadOnlyList<string> Providers);
