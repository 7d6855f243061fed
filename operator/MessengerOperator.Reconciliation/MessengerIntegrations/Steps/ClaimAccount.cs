using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Sees to it that one provider account has one integration: the oldest that proved that it holds the credentials.</summary>
/// <remarks>
/// Owns AccountClaimed. Stalled: AccountConflict; the end of the winner wakes the loser. What accounts share (the webhook of a Meta app) has one URL, so those who
/// share it must be in one receiver group and agree on it; the younger one that does not is Stalled: AppShared. Of those who agree the oldest writes it that nothing holds up.
/// </remarks>
internal sealed class ClaimAccount(AccountClaims claims, ILister<MessengerIntegration> integrations) : IReconcileStep<MessengerIntegrationContext>
{
    private static readonly string[] OfEachAlone =
    [
        MessengerIntegrationConditions.SpecAccepted,
        MessengerIntegrationConditions.SecretsResolved,
        MessengerIntegrationConditions.CredentialsValid,
        MessengerIntegrationConditions.AccountClaimed,
        MessengerIntegrationConditions.SinkResolved,
    ];

    public ConditionType Owns => new(MessengerIntegrationConditions.AccountClaimed);

    public ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken) => new(Claim(context));

    private StepOutcome Claim(MessengerIntegrationContext context)
    {
        var keys = ClaimKeys.Of(context.ProviderName, context.Identity.Id, context.Scopes);
        RememberRivals(context, keys);
        var claim = AccountClaim.Of(context.Entity);
        claims.Claim(keys.All, claim);

        foreach (var key in keys.Exclusive)
        {
            if (claims.HolderOf(key) is { } holder && holder.Uid != context.Uid)
            {
                return StepOutcome.Stalled(MessengerIntegrationReasons.AccountConflict, Messages.AccountConflict(holder.Key.ToString()));
            }
        }

        foreach (var scope in context.Scopes.Where(scope => scope.IsShared))
        {
            var key = ClaimKeys.Scope(context.ProviderName, scope.Name!);
            if (claims.HolderOf(key) is not { } holder || holder.Uid == context.Uid)
            {
                continue;
            }

            if (Disagreement(context.Entity, holder) is { } message)
            {
                return StepOutcome.Stalled(MessengerIntegrationReasons.AppShared, message);
            }

            if (claims.Before(key, claim).Any(older => Writes(older, context)))
            {
                context.ScopesOfOthers.Add(scope);
            }
        }

        return StepOutcome.DoneWith(MessengerIntegrationReasons.Claimed, Messages.AccountClaimed);
    }

    /// <summary>Whether an older one writes what is shared: one that is held up leaves it to the next, unless its own messages would then go to where it is not served.</summary>
    private bool Writes(AccountClaim older, MessengerIntegrationContext context) =>
        integrations.TryGet(older.Key, out var owner) && owner.Metadata.Uid == older.Uid && (!IsHeldUp(owner) || IsServedElsewhere(owner, context));

    // By what the receiver of a group has in common all are held up, and each would think that it is its turn.
    private static bool IsHeldUp(MessengerIntegration integration) =>
        integration.Metadata.DeletionTimestamp is not null
        || integration.Spec.Suspend
        || integration.Status?.Conditions?.Any(condition => condition.Status == "False" && OfEachAlone.Contains(condition.Type)) == true;

    private static bool IsServedElsewhere(MessengerIntegration owner, MessengerIntegrationContext context) =>
        owner.Status?.Webhook?.Url is { } url
        && (owner.Status.Receiver?.Group != ReceiverGroups.NameOf(context.Entity) || new Uri(url).AbsolutePath != context.WebhookPath);

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
