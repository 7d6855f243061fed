using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Runtime.Events;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>Removes the registrations that an edit has left behind: the spec now names another account, the old one still delivers to us.</summary>
internal sealed class DepartedAccounts(Deregistrar deregistrar, EventPublisher publish, IntegrationMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Tries each of them once. One that cannot be removed is tried again with the next pass, until the deregistration deadline, and then
    /// stays in the ledger as Leaked, with a Warning. Gives the pause before the next try; null when nothing is left to do.
    /// </summary>
    public async Task<TimeSpan?> RemoveAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        TimeSpan? retry = null;
        foreach (var entry in context.Ledger.LeftBehind(context.Identity.Id, context.Scopes))
        {
            var leaving = entry;
            if (entry.State != RegistrationState.Removing)
            {
                leaving = entry with { State = RegistrationState.Removing, Since = time.ToTheSecond() };
                context.Ledger = context.Ledger.With(leaving);
            }

            switch (await deregistrar.RemoveAsync(context.Entity, leaving, cancellationToken))
            {
                case DeregistrationOutcome.Gone gone:
                    context.Ledger = context.Ledger.Without(leaving);
                    publish(context.Entity, MessengerIntegrationReasons.Deregistered, gone.Message);
                    break;
                case DeregistrationOutcome.Remains remains when remains.IsFinal || IsOverdue(context, leaving):
                    context.Ledger = context.Ledger.With(leaving with { State = RegistrationState.Leaked });
                    publish(
                        context.Entity,
                        MessengerIntegrationReasons.RegistrationLeaked,
                        Messages.RegistrationLeaked(leaving.Url, leaving.AccountId, remains.Cause),
                        EventType.Warning);
                    metrics.Leaked(leaving.Provider);
                    break;
                case DeregistrationOutcome.Remains remains:
                    retry = remains.After ?? Retry;
                    break;
            }
        }

        return retry;
    }

    private bool IsOverdue(MessengerIntegrationContext context, RegistrationStatus entry) =>
        entry.Since is { } since && time.GetUtcNow().UtcDateTime >= since + MessengerIntegrationFinalizer.Deadline(context.Entity);
}
