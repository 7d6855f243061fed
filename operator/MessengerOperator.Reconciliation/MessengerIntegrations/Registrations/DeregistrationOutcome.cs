using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>How the removal of one registration ended. A closed set.</summary>
internal abstract record DeregistrationOutcome
{
    private DeregistrationOutcome()
    {
    }

    /// <summary>It is not there any more, or not ours any more.</summary>
    public sealed record Gone(Deregistration How) : DeregistrationOutcome;

    /// <summary>It may still be there.</summary>
    /// <param name="Cause">A fixed sentence saying why it could not be removed.</param>
    /// <param name="Detail">The provider's words, sanitised, for the Event; null when it was not the provider.</param>
    /// <param name="After">When the provider wants to be asked again; null when it has no wish.</param>
    /// <param name="IsSecretGone">Whether the only thing missing is the Secret.</param>
    public sealed record Remains(string Cause, string? Detail, TimeSpan? After, bool IsSecretGone = false) : DeregistrationOutcome;
}
