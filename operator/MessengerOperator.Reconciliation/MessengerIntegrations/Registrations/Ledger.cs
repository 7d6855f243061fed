using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>The registrations that may exist at a provider, as status keeps them: one entry for each account, scope and URL. Immutable.</summary>
/// <param name="Entries">In the order in which they were made.</param>
internal sealed record Ledger(IReadOnlyList<RegistrationStatus> Entries)
{
    /// <summary>The ledger in a status.</summary>
    public static Ledger Of(MessengerIntegrationStatus? status) => new(status?.Registrations ?? []);

    /// <summary>The entry of an account's scope and URL; null when there is none.</summary>
    public RegistrationStatus? Find(string accountId, string? scope, string url) => Entries.FirstOrDefault(entry => Is(entry, accountId, scope, url));

    /// <summary>
    /// What an edit of the spec has left behind: entries of other accounts than <paramref name="accountId"/>, and of scopes that are no longer wanted. Leaked ones are
    /// history. Newest first, since registrations are removed in the opposite order of their making.
    /// </summary>
    public IReadOnlyList<RegistrationStatus> LeftBehind(string accountId, IReadOnlyList<RegistrationScope> scopes) =>
    [
        .. Entries
            .Where(entry => entry.State != RegistrationState.Leaked && (entry.AccountId != accountId || scopes.All(scope => scope.Name != entry.Scope)))
            .Reverse(),
    ];

    /// <summary>The ledger with the entry of that account, scope and URL replaced or added.</summary>
    public Ledger With(RegistrationStatus entry) => Entries.Any(other => IsSame(other, entry))
        ? new([.. Entries.Select(other => IsSame(other, entry) ? entry : other)])
        : new([.. Entries, entry]);

    /// <summary>The ledger after the provider confirmed <paramref name="entry"/>: a scope has one webhook, so its other URLs are gone.</summary>
    public Ledger Confirmed(RegistrationStatus entry) =>
        new Ledger([.. Entries.Where(other => other.AccountId != entry.AccountId || other.Scope != entry.Scope || other.Url == entry.Url)]).With(entry);

    /// <summary>The ledger without an entry.</summary>
    public Ledger Without(RegistrationStatus entry) => new([.. Entries.Where(other => !IsSame(other, entry))]);

    private static bool IsSame(RegistrationStatus entry, RegistrationStatus other) => Is(entry, other.AccountId, other.Scope, other.Url);

    private static bool Is(RegistrationStatus entry, string accountId, string? scope, string url) =>
        entry.AccountId == accountId && entry.Scope == scope && entry.Url == url;
}
