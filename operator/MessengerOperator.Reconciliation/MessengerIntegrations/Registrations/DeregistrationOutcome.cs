namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>How the removal of one registration ended. A closed set.</summary>
internal abstract record DeregistrationOutcome
{
    private DeregistrationOutcome()
    {
    }

    /// <summary>It is not there any more, not ours any more, or still needed by others.</summary>
    /// <param name="Message">Which of these, for the Event.</param>
    public sealed record Gone(string Message) : DeregistrationOutcome;

    /// <summary>It may still be there.</summary>
    /// <param name="Cause">A fixed sentence saying why it could not be removed.</param>
    /// <param name="Detail">The provider's words, sanitised, for the Event; null when it was not the provider.</param>
    /// <param name="After">When the provider wants to be asked again; null when it has no wish.</param>
    /// <param name="IsSecretGone">Whether the only thing missing is the Secret.</param>
    /// <param name="IsFinal">Whether the provider will never do it, so that waiting helps nobody.</param>
    public sealed record Remains(string Cause, string? Detail, TimeSpan? After, bool IsSecretGone = false, bool IsFinal = false) : DeregistrationOutcome;
}
