namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>One call that set or removed a webhook, or tried to.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Method">The provider's method.</param>
/// <param name="Parameters">What was asked for, secrets included.</param>
/// <param name="Status">The HTTP status answered.</param>
/// <param name="Description">The provider's words.</param>
public sealed record RegistrationEvent(
    DateTimeOffset Time,
    RegistrationActor Actor,
    string Method,
    IReadOnlyDictionary<string, string> Parameters,
    int Status,
    string Description)
{
    /// <summary>Whether it was accepted.</summary>
    public bool Succeeded => Status is >= 200 and <= 299;
}
