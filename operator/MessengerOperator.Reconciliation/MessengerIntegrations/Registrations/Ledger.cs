using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>The registrations that may exist at a provider, as status keeps them: one entry for each account and URL. Immutable.</summary>
internal sealed record Ledger(IReadOnlyList<RegistrationStatus> Entries)
{
    /// <summary>The ledger in a status.</summary>
    public static Ledger Of(MessengerIntegrationStatus? status) => new(status?.Registrations ?? []);

    /// <summary>The entry of an account and URL; null when there is none.</summary>
    public RegistrationStatus? Find(string accountId, Uri url) => Entries.FirstOrDefault(entry => Is(entry, accountId, url.AbsoluteUri));

    /// <summary>Entries of other accounts than <paramref name="accountId"/>: what an edit of the spec has left behind. Leaked ones are history.</summary>
    public IReadOnlyList<RegistrationStatus> LeftBehind(string accountId) =>
        [.. Entries.Where(entry => entry.AccountId != accountId && entry.State != RegistrationState.Leaked)];

    /// <summary>The ledger with the entry of that account and URL replaced or added.</summary>
    public Ledger With(RegistrationStatus entry) => Entries.Any(other => Is(other, entry.AccountId, entry.Url))
        ? new([.. Entries.Select(other => Is(other, entry.AccountId, entry.Url) ? entry : other)])
        : new([.. Entries, entry]);

    /// <summary>The ledger after the provider confirmed <paramref name="entry"/>: an account has one webhook, so its other URLs are gone.</summary>
    public Ledger Confirmed(RegistrationStatus entry) =>
        new Ledger([.. Entries.Where(other => other.AccountId != entry.AccountId || other.Url == entry.Url)]).With(entry);

    /// <summary>The ledger without an entry.</summary>
    public Ledger Without(RegistrationStatus entry) => new([.. Entries.Where(other => !Is(other, entry.AccountId, entry.Url))]);

    private static bool Is(RegistrationStatus entry, string accountId, string url) => entry.AccountId == accountId && entry.Url == url;
}
