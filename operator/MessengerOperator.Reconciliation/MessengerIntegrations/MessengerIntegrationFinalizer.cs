using k8s.Autorest;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Removes at the provider what was registered, before an integration goes.</summary>
/// <remarks>
/// Guarantees: needs only the ledger and, if it is still there, the Secret; touches nothing that the ledger does not name; finishes at the latest
/// with the deregistration deadline, whether the provider or the API server keeps it from it, and then says in an Event and a metric what may still exist. <c>Retain</c> calls nobody.
/// </remarks>
internal sealed partial class MessengerIntegrationFinalizer(
    Deregistrar deregistrar, NamespaceReader namespaces, EventPublisher publish, IntegrationMetrics metrics, TimeProvider time, ILogger<MessengerIntegrationFinalizer> logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    /// <summary>How long an unreachable provider may hold up the removal of a registration; ten minutes where the spec's value is unreadable.</summary>
    public static TimeSpan Deadline(MessengerIntegration integration) =>
        integration.Spec.DeregistrationDeadline.IsValid ? integration.Spec.DeregistrationDeadline.Value : TimeSpan.FromMinutes(10);

    /// <summary>One try: Done when nothing is left to do, otherwise Wait with the pause before the next. What is settled leaves the ledger, so it is told once.</summary>
    public async Task<StepOutcome> FinalizeAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        if (context.Entity.Spec.DeletionPolicy == DeletionPolicy.Retain)
        {
            return StepOutcome.Done;
        }

        var outcome = StepOutcome.Done;
        foreach (var entry in context.Ledger.Entries.Where(entry => entry.State != RegistrationState.Leaked).Reverse().ToList())
        {
            switch (await deregistrar.RemoveAsync(context.Entity, entry, cancellationToken))
            {
                case DeregistrationOutcome.Gone gone:
                    publish(context.Entity, MessengerIntegrationReasons.Deregistered, gone.Message);
                    context.Ledger = context.Ledger.Without(entry);
                    break;
                case DeregistrationOutcome.Remains remains when await IsHopelessAsync(context.Entity, remains, cancellationToken):
                    Leak(context, entry, remains);
                    break;
                case DeregistrationOutcome.Remains remains:
                    outcome = StillThere(context.Entity, remains);
                    break;
            }
        }

        return outcome;
    }

    /// <summary>
    /// Removes something in the cluster. What the API server refuses holds the integration up for as long as an unreachable provider may, and no longer: then it is told and left to the
    /// garbage collector, since the integration owns it.
    /// </summary>
    public async Task CleanUpAsync(MessengerIntegration integration, Func<Task> cleanUp)
    {
        try
        {
            await cleanUp();
        }
        catch (HttpOperationException exception) when (exception.IsRefusal && UntilDeadline(integration) <= TimeSpan.Zero)
        {
            publish(integration, MessengerIntegrationReasons.CleanupRefused, Messages.CleanupRefused(ApiError.Describe(exception)), EventType.Warning);
            LogCleanupRefused(logger, exception);
        }
    }

    private void Leak(MessengerIntegrationContext context, RegistrationStatus entry, DeregistrationOutcome.Remains remains)
    {
        publish(
            context.Entity,
            MessengerIntegrationReasons.RegistrationLeaked,
            Messages.RegistrationLeaked(entry.Url, entry.AccountId, remains.Cause),
            EventType.Warning);

        // A namespace that is going takes no events any more, so the log has to know it too.
        LogLeaked(logger, entry.Provider, entry.AccountId, entry.Url, remains.Cause);
        metrics.Leaked(entry.Provider);
        context.Ledger = context.Ledger.With(entry with { State = RegistrationState.Leaked });
    }

    private StepOutcome StillThere(MessengerIntegration integration, DeregistrationOutcome.Remains remains) =>
        StepOutcome.Wait(
            MessengerIntegrationReasons.Deregistering, Messages.StillDeregistering(remains.Cause), Shorter(remains.After ?? Retry, UntilDeadline(integration))) with
        {
            EventMessage = Messages.StillDeregistering(remains.Detail is { } detail ? $"{remains.Cause} ({detail})" : remains.Cause),
        };

    // A Secret of a namespace that is going can't come back, so waiting for it would only keep the namespace.
    private async Task<bool> IsHopelessAsync(MessengerIntegration integration, DeregistrationOutcome.Remains remains, CancellationToken cancellationToken) =>
        remains.IsFinal
        || UntilDeadline(integration) <= TimeSpan.Zero
        || (remains.IsSecretGone && await namespaces.IsTerminatingAsync(integration.Metadata.NamespaceProperty, cancellationToken));

    private TimeSpan UntilDeadline(MessengerIntegration integration) =>
        (integration.Metadata.DeletionTimestamp ?? time.GetUtcNow().UtcDateTime) + Deadline(integration) - time.GetUtcNow().UtcDateTime;

    private static TimeSpan Shorter(TimeSpan pause, TimeSpan left) => left < pause ? (left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1)) : pause;

    [LoggerMessage(
        EventId = 3002,
        EventName = "RegistrationLeaked",
        Level = LogLevel.Warning,
        Message = "The registration of {Url} at {Provider} account {AccountId} could not be removed and may still exist: {Cause}")]
    private static partial void LogLeaked(ILogger logger, MessengerProvider provider, string accountId, string url, string cause);

    [LoggerMessage(EventId = 3003, EventName = "CleanupRefused", Level = LogLevel.Warning, Message = "The API server refuses to remove something of an integration that goes; it is left to the garbage collector")]
    private static partial void LogCleanupRefused(ILogger logger, Exception exception);
}
