namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>Whether an account's events wait.</summary>
/// <param name="Held">On queues them without delivering any.</param>
public sealed record HoldSwitch(bool Held);
