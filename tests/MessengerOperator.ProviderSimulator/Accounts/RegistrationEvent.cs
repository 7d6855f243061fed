namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>One call that set or removed a webhook, or tried to.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Change">Whether a webhook was to be set or removed.</param>
/// <param name="Method">The provider's method.</param>
/// <param name="Parameters">What was asked for, secrets included.</param>
/// <param name="Status">The HTTP status answered.</param>
/// <param name="Description">The provider's words.</param>
public sealed record RegistrationEvent(
    DateTimeOffset Time,
    RegistrationActor Actor,
    RegistrationChange Change,
    string Method,
    IReadOnlyDictionary<string, string> Parameters,
    int Status,
    string Description)
{
    /// <summary>Which of the account's registrations, as <see cref="Registration.Scope"/>.</summary>
    public string Scope { get; init; } = string.Empty;

    /// <summary>Whether it was accepted. Providers that refuse with HTTP 200 say so themselves.</summary>
    public bool Succeeded { get; init; } = Status is >= 200 and <= 299;
}
