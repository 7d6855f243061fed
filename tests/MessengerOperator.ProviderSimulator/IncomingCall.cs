using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator;

/// <summary>A call of a provider's API: which method, and for whom. Modules add what else they read from the request.</summary>
/// <param name="Method">The method's name, by which faults are set and calls are counted.</param>
/// <param name="Account">The account whose credentials came; null when they are nobody's.</param>
/// <param name="Caller">What is logged without an account: enough to tell callers apart, nothing that is secret.</param>
internal record IncomingCall(string Method, SimulatedAccount? Account, string Caller);
