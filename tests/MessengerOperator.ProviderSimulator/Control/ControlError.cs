namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>Why the control API refused.</summary>
/// <param name="Error">In words.</param>
public sealed record ControlError(string Error);
