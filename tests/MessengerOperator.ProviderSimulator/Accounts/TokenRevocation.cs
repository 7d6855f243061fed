namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>How a token is revoked.</summary>
/// <param name="NewToken">The token that replaces it; null leaves the account without one.</param>
public sealed record TokenRevocation(string? NewToken = null);
