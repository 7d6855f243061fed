namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>One call that a client made to a provider's API.</summary>
/// <param name="Time">When it arrived.</param>
/// <param name="Account">The account's id, or a masked hint when the credentials were unknown.</param>
/// <param name="Method">The provider's method, in the provider's spelling where it is known.</param>
/// <param name="Status">The HTTP status answered; 0 when the connection was closed or reset.</param>
/// <param name="Faulted">Whether a fault made the answer.</param>
public sealed record ProviderCall(DateTimeOffset Time, string Account, string Method, int Status, bool Faulted);
