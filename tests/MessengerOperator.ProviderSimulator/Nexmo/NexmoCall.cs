namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>A call with what it came with.</summary>
/// <param name="Method">The operation's name.</param>
/// <param name="Owner">The account that signed in; null when nobody did.</param>
/// <param name="Caller">The API key that was given, or that there was none.</param>
/// <param name="IsLegacy">Whether it is for rest.nexmo.com, whose errors have another form than those of api.nexmo.com.</param>
/// <param name="Subject">The API key or application id in the path; empty without one.</param>
/// <param name="Parameters">Query and form together, without credentials.</param>
internal sealed record NexmoCall(string Method, NexmoAccount? Owner, string Caller, bool IsLegacy, string Subject, IReadOnlyDictionary<string, string> Parameters)
    : IncomingCall(Method, Owner, Caller)
{
    /// <summary>The application that a bearer token was signed for; null with other credentials.</summary>
    public string? Application { get; init; }

    /// <summary>A parameter; null when it was not sent.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name);
}
