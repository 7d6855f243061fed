using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Sees to it that one provider account has one integration: the oldest that proved that it holds the credentials.</summary>
/// <remarks>
/// Owns AccountClaimed. Stalled: AccountConflict; the end of the winner wakes the loser. What accounts share (the webhook of a Meta app) has one URL, so those who
/// share it must be in one receiver group and agree on it; the younger one that does not is Stalled: AppShared.
/// </remarks>
internal sealed class ClaimAccount(AccountClaims claims, ILister<MessengerIntegration> integrations) : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.AccountClaimed);

    public ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken) => new(Claim(context));

    private StepOutcome Claim(MessengerIntegrationContext context)
    {
        var keys = ClaimKeys.Of(context.ProviderName, context.Identity.Id, context.Scopes);
        RememberRivals(context, keys);
        claims.Claim(keys.All, AccountClaim.Of(context.Entity));

        foreach (var key in keys.Exclusive)
        {
            if (claims.HolderOf(key) is { } holder && holder.Uid != context.Uid)
            {
                return StepOutcome.Stalled(MessengerIntegrationReasons.AccountConflict, Messages.AccountConflict(holder.Key.ToString()));
            }
        }

        foreach (var scope in context.Scopes.Where(scope => scope.IsShared))
        {
            if (claims.HolderOf(ClaimKeys.Scope(context.ProviderName, scope.Name!)) is not { } holder || holder.Uid == context.Uid)
            {
                continue;
            }

            if (Disagreement(context.Entity, holder) is { } message)
            {
                return StepOutcome.Stalled(MessengerIntegrationReasons.AppShared, message);
            }

            context.ScopesOfOthers.Add(scope);
        }

        return StepOutcome.DoneWith(MessengerIntegrationReasons.Claimed, Messages.AccountClaimed);
    }

    // After a restart the table is empty: claims that status remembers count, also those of integrations whose turn is yet to come.
    private void RememberRivals(MessengerIntegrationContext context, ClaimKeys keys)
    {
        var sameAccount = integrations.ByIndex(IntegrationIndexes.ByAccount, ClaimKeys.Account(context.ProviderName, context.Identity.Id));
        var sameScope = keys.Shared.SelectMany(scope => integrations.ByIndex(IntegrationIndexes.ByScope, scope));
        foreach (var rival in sameAccount.Concat(sameScope).Where(rival => rival.Metadata.DeletionTimestamp is null && rival.Metadata.Uid != context.Uid))
        {
            claims.Remember(ClaimKeys.Of(context.Provider, rival).All, AccountClaim.Of(rival));
        }
    }

    private string? Disagreement(MessengerIntegration integration, AccountClaim holder)
    {
        var winner = holder.Key.ToString();
        if (!integrations.TryGet(holder.Key, out var owner))
        {
            return null;
        }

        return ReceiverGroups.Of(owner) != ReceiverGroups.Of(integration)
            ? Messages.AppShared(winner, owner.Metadata.NamespaceProperty == integration.Metadata.NamespaceProperty ? ReceiverGroups.NameOf(owner) : null)
            : AddressOf(owner) != AddressOf(integration) ? Messages.AppHasOneUrl(winner) : null;
    }

    private static (string? Url, string? Path) AddressOf(MessengerIntegration integration) =>
        (integration.Spec.Webhook.Url, integration.Spec.Webhook.Path ?? ReceiverGroups.DefaultPath(integration));
}
