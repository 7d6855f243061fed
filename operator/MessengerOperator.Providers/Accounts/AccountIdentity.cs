namespace MessengerOperator.Providers.Accounts;

/// <summary>An account as the provider tells it.</summary>
/// <param name="Id">The stable id: what claims, the ledger and events go by.</param>
/// <param name="Username">The public name, when the provider has one.</param>
/// <param name="DisplayName">The name that people see.</param>
/// <param name="CredentialsExpireAt">When the credentials run out; null when they do not or the provider does not tell.</param>
public sealed record AccountIdentity(string Id, string? Username, string? DisplayName, DateTimeOffset? CredentialsExpireAt = null)
{
    /// <summary>Fixed sentences about what is not wrong but may surprise (an account whose provider lets people answer as well); told in an Event.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
