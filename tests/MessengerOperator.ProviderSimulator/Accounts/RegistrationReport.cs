namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>The webhook now, and how it came to be.</summary>
/// <param name="Current">The one that decides where events go; null when none are delivered.</param>
/// <param name="All">Every registration of the account by scope: the one that counts, and parts that do nothing by themselves.</param>
/// <param name="History">Every attempt to set or remove one, oldest first.</param>
public sealed record RegistrationReport(Registration? Current, IReadOnlyList<Registration> All, IReadOnlyList<RegistrationEvent> History)
{
    /// <summary>The registration of this scope; null when there is none.</summary>
    public Registration? Of(string scope) => All.FirstOrDefault(registration => registration.Scope == scope);
}
