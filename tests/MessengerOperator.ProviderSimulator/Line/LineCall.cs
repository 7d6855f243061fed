namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>A call of LINE's API.</summary>
/// <param name="Method">The operation's name in LINE's OpenAPI files; the path when there is none.</param>
/// <param name="Channel">The channel whose token came, or that the OAuth parameters name.</param>
/// <param name="Form">The OAuth parameters, of the form or the query.</param>
internal sealed record LineCall(string Method, LineAccount? Channel, IReadOnlyDictionary<string, string> Form)
    : IncomingCall(Method, Channel, "(unknown)");
