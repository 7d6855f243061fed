using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>An integration's claim to a provider account.</summary>
internal sealed record AccountClaim(string Uid, NamespacedName Key, DateTime CreatedAt)
{
    /// <summary>The claim of an integration.</summary>
    public static AccountClaim Of(MessengerIntegration integration) => new(
        integration.Metadata.Uid,
        new NamespacedName(integration.Metadata.NamespaceProperty, integration.Metadata.Name),
        integration.Metadata.CreationTimestamp ?? DateTime.MaxValue);

    /// <summary>Oldest first; equally old ones by namespace and name, so that every pass finds the same winner.</summary>
    public static IComparer<AccountClaim> ByAge { get; } = Comparer<AccountClaim>.Create((left, right) =>
    {
        var byAge = left.CreatedAt.CompareTo(right.CreatedAt);
        return byAge != 0 ? byAge : string.CompareOrdinal(left.Key.ToString(), right.Key.ToString());
    });
}
