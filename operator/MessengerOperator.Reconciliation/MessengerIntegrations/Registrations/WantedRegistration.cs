using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>One registration that an account needs, beside what the ledger knows of it.</summary>
/// <param name="Target">What is to be registered.</param>
/// <param name="Entry">The ledger's entry if it was made with these unreadable settings; null when there is none, or one with others.</param>
/// <param name="Unreadable">What the provider will not read back.</param>
internal sealed record WantedRegistration(WebhookTarget Target, RegistrationStatus? Entry, Secret Unreadable)
{
    /// <summary>
    /// Whether the provider has confirmed exactly this. Pending means that a former pass was cut off: what the provider will not read back may be the old or the new, so it is written again.
    /// </summary>
    public bool IsOurs => Entry is { State: RegistrationState.Active };
}
