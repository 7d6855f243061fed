namespace MessengerOperator.Providers.Accounts;

/// <summary>Why a call to a provider did not give what was asked for. A closed set.</summary>
public abstract record ProviderFailure
{
    private ProviderFailure(string? detail) => Detail = detail;

    /// <summary>
    /// What the provider or the network said: one line, bounded, sanitised (<see cref="Http.ProviderText"/>). For an Event and the log only; it must
    /// not reach status, where a changing text would cause a new pass each time.
    /// </summary>
    public string? Detail { get; }

    /// <summary>The id that the provider's support asks for, where the body of its answer has one. For the log only: it differs each time.</summary>
    public string? RequestId { get; init; }

    /// <summary>The provider does not accept the credentials. Final until they change.</summary>
    public sealed record InvalidCredentials(string? Detail) : ProviderFailure(Detail)
    {
        /// <summary>A fixed text: which of several credentials it is and what to do; null where there is only one.</summary>
        public string? Advice { get; init; }
    }

    /// <summary>The credentials are good, but may not do this (also: blocked, suspended, not provisioned). Final until somebody changes it at the provider.</summary>
    public sealed record InsufficientPermission(string? Detail) : ProviderFailure(Detail)
    {
        /// <summary>A fixed text: what is missing and where to grant it; null when the provider does not say.</summary>
        public string? Advice { get; init; }
    }

    /// <summary>The credentials are good, but belong to another account than the spec names.</summary>
    /// <param name="Advice">A fixed text: what to correct.</param>
    /// <param name="Detail">Which account they belong to.</param>
    public sealed record AccountMismatch(string Advice, string? Detail) : ProviderFailure(Detail);

    /// <summary>Too many calls, by the provider's count or by our own budget.</summary>
    /// <param name="After">How long to leave the provider alone.</param>
    /// <param name="Detail">Whose limit it was.</param>
    public sealed record Throttled(TimeSpan After, string? Detail) : ProviderFailure(Detail);

    /// <summary>No usable answer: network, time-out, 5xx, or something that is not the provider. Says nothing about the credentials.</summary>
    public sealed record Unavailable(string? Detail) : ProviderFailure(Detail);

    /// <summary>The provider refuses what we ask for.</summary>
    /// <param name="Advice">A fixed text: what is refused and what to do.</param>
    /// <param name="Retry">Whether the same request may succeed later without any change here.</param>
    /// <param name="Detail">The provider's words.</param>
    public sealed record Rejected(string Advice, bool Retry, string? Detail) : ProviderFailure(Detail);
}
