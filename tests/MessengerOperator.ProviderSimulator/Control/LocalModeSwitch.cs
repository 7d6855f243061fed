namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>Local mode on or off.</summary>
/// <param name="Enabled">On accepts http, any port and private addresses.</param>
public sealed record LocalModeSwitch(bool Enabled);
