namespace MessengerOperator.Providers.Webhooks;

/// <summary>A pressed button.</summary>
/// <param name="Data">What the account put behind the button; null when it put nothing there.</param>
/// <param name="Title">The button's text; null when the provider does not tell.</param>
/// <param name="CallbackId">The id with which the provider wants the press to be acknowledged; null when it does not.</param>
public sealed record EventPostback(string? Data = null, string? Title = null, string? CallbackId = null)
{
    /// <summary>What was chosen with the button, such as a date from a picker, by the provider's names; null when nothing was.</summary>
    public IReadOnlyDictionary<string, string>? Params { get; init; }
}
