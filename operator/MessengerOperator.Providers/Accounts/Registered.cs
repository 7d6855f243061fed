namespace MessengerOperator.Providers.Accounts;

/// <summary>A registration was accepted.</summary>
/// <param name="Changed">False when the provider says that it had exactly this already.</param>
public sealed record Registered(bool Changed);
