namespace MessengerOperator.Providers.Accounts;

/// <summary>A registration of ours as the ledger remembers it: all that its removal may rely on besides the credentials.</summary>
/// <param name="AccountId">The provider's id of the account.</param>
/// <param name="Scope">What it covers; <see cref="RegistrationScope.Name"/> as it was registered.</param>
/// <param name="Urls">The URLs that are ours: the registered one, and the same with an earlier token where the path carries one.</param>
public sealed record RegisteredWebhook(string AccountId, RegistrationScope Scope, IReadOnlyList<Uri> Urls)
{
    /// <summary>Whether an address that the provider shows is ours; false for none.</summary>
    public bool Is(string? registered) => Uri.TryCreate(registered, UriKind.Absolute, out var actual) && Urls.Contains(actual);
}
