using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Sees to it that one provider account has one integration: the oldest that proved that it holds the credentials.</summary>
/// <remarks>Owns AccountClaimed. Stalled: AccountConflict; the end of the winner wakes the loser.</remarks>
internal sealed class ClaimAccount(AccountClaims claims, ILister<MessengerIntegration> integrations) : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.AccountClaimed);

    public ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var account = AccountClaims.AccountKey(context.Entity.Spec.Provider, context.Identity.Id);

        // After a restart the table is empty: claims that status remembers count, also those of integrations whose turn is yet to come.
        foreach (var rival in integrations.ByIndex(IntegrationIndexes.ByAccount, account).Where(rival => rival.Metadata.DeletionTimestamp is null))
        {
            claims.Remember(account, AccountClaim.Of(rival));
        }

        var winner = claims.Claim(account, AccountClaim.Of(context.Entity));
        return new(winner.Uid == context.Uid
            ? StepOutcome.DoneWith(MessengerIntegrationReasons.Claimed, Messages.AccountClaimed)
            : StepOutcome.Stalled(MessengerIntegrationReasons.AccountConflict, Messages.AccountConflict(winner.Key.ToString())));
    }
}
