namespace MessengerOperator.Providers.Accounts;

/// <summary>What one registration at a provider covers.</summary>
/// <param name="Name">
/// The part of the account, as the ledger keeps it: <c>app/123</c>, <c>number/GB/447700900000</c>. Null for the whole account, where a provider has one webhook for it.
/// </param>
/// <param name="IsShared">
/// Whether the accounts of several integrations share it, so that it has one URL for all of them (the webhook of a Meta app, shared by the app's pages). Such integrations must be in one receiver group.
/// </param>
public sealed record RegistrationScope(string? Name, bool IsShared = false)
{
    /// <summary>
    /// Whether whoever has it has the whole account, so that no other integration may hold any of it. True without a name; a provider whose name says more than the
    /// account id sets it (a page's subscription of one app).
    /// </summary>
    public bool IsWholeAccount { get; init; } = Name is null;

    /// <summary>The whole account.</summary>
    public static RegistrationScope Account { get; } = new(Name: null);

    /// <summary>The whole account, as the only registration that an account has.</summary>
    public static IReadOnlyList<RegistrationScope> AccountOnly { get; } = [Account];
}
