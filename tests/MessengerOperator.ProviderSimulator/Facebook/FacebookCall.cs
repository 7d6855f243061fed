using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>A call of the Graph API: <c>/{version}/{node}/{edge}</c>.</summary>
/// <param name="Method">The node or edge, with the HTTP method in front where that matters: <c>me</c>, <c>get_subscriptions</c>.</param>
/// <param name="Account">The page that it is about.</param>
/// <param name="Caller">The app, or who knows.</param>
internal sealed record FacebookCall(string Method, SimulatedAccount? Account, string Caller) : IncomingCall(Method, Account, Caller)
{
    /// <summary>The version in the path, such as <c>v26.0</c>.</summary>
    public required string Version { get; init; }

    public required string Node { get; init; }

    /// <summary>The access token; null when there is none.</summary>
    public required string? Token { get; init; }

    /// <summary>Parameters of query and body together.</summary>
    public required FacebookArguments Arguments { get; init; }

    /// <summary>Whether an app calls with its own token rather than a page with its.</summary>
    public bool IsApp => Token?.Contains('|', StringComparison.Ordinal) == true;

    public FacebookAccount? Page => Account as FacebookAccount;
}
