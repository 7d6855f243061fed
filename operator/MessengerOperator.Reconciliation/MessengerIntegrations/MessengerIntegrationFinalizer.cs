using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Events;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Removes at the provider what was registered, before an integration goes.</summary>
/// <remarks>
/// Guarantees: needs only the ledger and, if it is still there, the Secret; touches nothing that the ledger does not name; finishes at the latest
/// with the deregistration deadline, and then says in an Event and a metric what may still exist. <c>Retain</c> calls nobody.
/// </remarks>
internal sealed class MessengerIntegrationFinalizer(
    Deregistrar deregistrar, NamespaceReader namespaces, EventPublisher publish, IntegrationMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    /// <summary>One try: Done when nothing is left to do, otherwise Wait with the pause before the next.</summary>
    public async Task<StepOutcome> FinalizeAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        if (integration.Spec.DeletionPolicy == DeletionPolicy.Retain)
        {
            return StepOutcome.Done;
        }

        StepOutcome outcome = StepOutcome.Done;
        foreach (var entry in Ledger.Of(integration.Status).Entries.Where(entry => entry.State != RegistrationState.Leaked))
        {
            switch (await deregistrar.RemoveAsync(integration, entry, cancellationToken))
            {
                case DeregistrationOutcome.Gone { How: Deregistration.NotOurs }:
                    publish(integration, MessengerIntegrationReasons.Deregistered, Messages.NotOursAnyMore(entry.Url));
                    break;
                case DeregistrationOutcome.Gone:
                    publish(integration, MessengerIntegrationReasons.Deregistered, Messages.Deregistered(entry.Url));
                    break;
                case DeregistrationOutcome.Remains remains when await IsHopelessAsync(integration, remains, cancellationToken):
                    publish(
                        integration,
                        MessengerIntegrationReasons.RegistrationLeaked,
                        Messages.RegistrationLeaked(entry.Url, entry.AccountId, remains.Cause),
                        EventType.Warning);
                    metrics.Leaked(entry.Provider);
                    break;
                case DeregistrationOutcome.Remains remains:
                    outcome = StepOutcome.Wait(
                        MessengerIntegrationReasons.Deregistering,
                        Messages.StillDeregistering(remains.Cause),
                        Shorter(remains.After ?? Retry, UntilDeadline(integration)))
                        with
                    { EventMessage = Messages.StillDeregistering(remains.Detail is { } detail ? $"{remains.Cause} ({detail})" : remains.Cause) };
                    break;
            }
        }

        return outcome;
    }

    // A Secret of a namespace that is going can't come back, so waiting for it would only keep the namespace.
    private async Task<bool> IsHopelessAsync(MessengerIntegration integration, DeregistrationOutcome.Remains remains, CancellationToken cancellationToken) =>
        UntilDeadline(integration) <= TimeSpan.Zero
        || (remains.IsSecretGone && await namespaces.IsTerminatingAsync(integration.Metadata.NamespaceProperty, cancellationToken));

    private TimeSpan UntilDeadline(MessengerIntegration integration)
    {
        var deadline = integration.Spec.DeregistrationDeadline.IsValid ? integration.Spec.DeregistrationDeadline.Value : TimeSpan.FromMinutes(10);
        return (integration.Metadata.DeletionTimestamp ?? time.GetUtcNow().UtcDateTime) + deadline - time.GetUtcNow().UtcDateTime;
    }

    private static TimeSpan Shorter(TimeSpan pause, TimeSpan left) => left < pause ? (left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1)) : pause;
}
