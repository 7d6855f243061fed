using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>What an integration claims at its provider, as names that are the same for everybody who claims the same.</summary>
/// <param name="Exclusive">What only one integration may have: the account, or the parts of it that it registers.</param>
/// <param name="Shared">What the integrations of one receiver group have together: the webhook of a Meta app.</param>
internal sealed record ClaimKeys(IReadOnlyList<string> Exclusive, IReadOnlyList<string> Shared)
{
    /// <summary>Both.</summary>
    public IReadOnlyList<string> All => [.. Exclusive, .. Shared];

    /// <summary>The claims of an account that registers these scopes.</summary>
    public static ClaimKeys Of(string provider, string accountId, IReadOnlyList<RegistrationScope> scopes) => new(
        [.. scopes.Where(scope => !scope.IsShared).Select(scope => scope.IsWholeAccount ? Account(provider, accountId) : $"{Account(provider, accountId)}/{scope.Name}")],
        [.. scopes.Where(scope => scope.IsShared).Select(scope => Scope(provider, scope.Name!))]);

    /// <summary>The claims that an integration's status remembers; none while its account is not known.</summary>
    public static ClaimKeys Of(IProvider provider, MessengerIntegration integration) => integration.Status?.Account?.Id is { } id
        ? Of(provider.Name, id, provider.Scopes(SpecBlock.Of(integration.Spec)))
        : new([], []);

    /// <summary>Names an account across providers.</summary>
    public static string Account(string provider, string accountId) => $"{provider}/{accountId}";

    /// <summary>Names a part that accounts may share, across providers.</summary>
    public static string Scope(string provider, string scope) => $"{provider}/{scope}";
}
