namespace MessengerOperator.Providers.Accounts;

/// <summary>The registration that we want.</summary>
/// <param name="Url">Where the provider is to deliver; https, no query string.</param>
/// <param name="Token">The webhook token: sent back by the provider with each request, or in its handshake.</param>
public sealed record WebhookTarget(Uri Url, Secret Token)
{
    /// <summary>What of the account is to be registered: one of <see cref="IProvider.Scopes"/>.</summary>
    public RegistrationScope Scope { get; init; } = RegistrationScope.Account;

    /// <summary>
    /// Whether this integration is the one that writes a shared scope (the oldest of its group). The others compare it and leave it alone; always true for a scope that is not shared.
    /// </summary>
    public bool OwnsScope { get; init; } = true;

    /// <summary>Whether an address that the provider shows is the wanted one; false for none.</summary>
    public bool Is(string? registered) => Uri.TryCreate(registered, UriKind.Absolute, out var actual) && actual == Url;
}
