namespace MessengerOperator.Providers.Accounts;

/// <summary>One account at a provider: its settings and its credentials.</summary>
/// <param name="BudgetKey">Names the account in the call budget; the integration's uid.</param>
/// <param name="Settings">The provider's block of the spec.</param>
/// <param name="Credentials">The credentials by field name; optional ones may be missing.</param>
public sealed record ProviderAccount(string BudgetKey, ProviderSettings Settings, IReadOnlyDictionary<string, Secret> Credentials)
{
    /// <summary>The name that <c>spec.displayName</c> gives the account; null when it gives none. Compared by providers whose form has only that name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Other secrets that the provider knows of and might echo, such as the webhook token: never shown either.</summary>
    public IReadOnlyList<Secret> OtherSecrets { get; init; } = [];

    /// <summary>A required credential. The operator resolves all of them first, so a missing one is a bug.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public Secret Credential(string field) =>
        Credentials.TryGetValue(field, out var secret) ? secret : throw new InvalidOperationException($"The credential '{field}' was not resolved.");
}
