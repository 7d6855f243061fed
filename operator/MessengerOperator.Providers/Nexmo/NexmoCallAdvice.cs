namespace MessengerOperator.Providers.Nexmo;

/// <summary>What a call's failure means, where that depends on the call.</summary>
/// <param name="NotFound">Advice for 404: which id of the spec Vonage does not know. Null where no id is asked for.</param>
/// <param name="Refused">Advice for the legacy API's 420, after which the same call may succeed later. Null where it may not.</param>
internal sealed record NexmoCallAdvice(string? NotFound = null, string? Refused = null);
