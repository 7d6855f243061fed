using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>By what integrations are looked up besides their names.</summary>
internal static class IntegrationIndexes
{
    /// <summary>By <c>namespace/name</c> of each Secret that concerns them.</summary>
    public const string BySecret = "secret";

    /// <summary>By <c>namespace/instance label</c> of their receiver: the members of a group, whether they have joined or not.</summary>
    public const string ByReceiver = "receiver";

    /// <summary>By <c>provider/account id</c>, as status has it.</summary>
    public const string ByAccount = "account";

    /// <summary>By <c>provider/scope</c> of the registrations in their ledger that cover a part of an account or more than one.</summary>
    public const string ByScope = "scope";

    public static IEnumerable<string> Secrets(MessengerIntegration integration) =>
        SecretReferences.Of(integration).Select(name => $"{integration.Metadata.NamespaceProperty}/{name}");

    public static IEnumerable<string> Receivers(MessengerIntegration integration) =>
        [ReceiverGroup.Of(integration).IndexValue];

    public static IEnumerable<string> Accounts(MessengerIntegration integration) =>
        integration.Status?.Account?.Id is { } id ? [ClaimKeys.Account(integration.Spec.Provider.ToString(), id)] : [];

    public static IEnumerable<string> Scopes(MessengerIntegration integration) => (integration.Status?.Registrations ?? [])
        .Where(entry => entry is { Scope: not null, State: not RegistrationState.Leaked })
        .Select(entry => ClaimKeys.Scope(entry.Provider.ToString(), entry.Scope!))
        .Distinct(StringComparer.Ordinal);
}
