using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Says whether events really arrive: registered is not delivering.</summary>
/// <remarks>
/// Owns DeliveryHealthy, which is reported and not part of Ready. Works on what RegisterWebhook has read and on what the receiver's pods tell, without a call to
/// the provider. False, the worst first: SpoolUnavailable, SpoolFull, SinkUnavailable, EventsDelayed, DeadLetters, ProviderReportsErrors, PendingDeliveries.
/// </remarks>
internal sealed class ObserveDelivery(ReceiverStatusReader receivers, TimeProvider time) : IReconcileStep<MessengerIntegrationContext>
{
    // One failed try is no news; a sink that takes nothing for this long is.
    private static readonly TimeSpan SinkGrace = TimeSpan.FromSeconds(30);

    // Long after every pause between two tries at a sink that is there.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CloseWatch = TimeSpan.FromSeconds(20);

    // A few events are always under way; this many mean that deliveries do not keep up.
    private const long Backlog = 100;

    public ConditionType Owns => new(MessengerIntegrationConditions.DeliveryHealthy);

    public bool CountsForReady => false;

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var provider = ByProvider(context);
        return await receivers.ReadAsync(context.Entity, cancellationToken) switch
        {
            null => provider,
            { Spool: SpoolState.Unavailable } => StepOutcome.Wait(MessengerIntegrationReasons.SpoolUnavailable, Messages.SpoolUnavailable, CloseWatch),
            { Spool: SpoolState.Full } => StepOutcome.Wait(MessengerIntegrationReasons.SpoolFull, Messages.SpoolFull, CloseWatch),
            { SinkFailingSince: { } since } when time.GetUtcNow() - since > SinkGrace =>
                StepOutcome.Wait(MessengerIntegrationReasons.SinkUnavailable, Messages.SinkUnavailable, CloseWatch),
            { OldestUndeliveredAt: { } oldest } when time.GetUtcNow() - oldest > Patience =>
                StepOutcome.Wait(MessengerIntegrationReasons.EventsDelayed, Messages.EventsDelayed, CloseWatch),
            { DeadLetters: > 0 } => StepOutcome.Wait(MessengerIntegrationReasons.DeadLetters, Messages.DeadLetters, Watch),
            { SinkFailingSince: not null } => provider with { RequeueAfter = CloseWatch },
            _ => provider with { RequeueAfter = provider.RequeueAfter is { } wish && wish < Watch ? wish : Watch },
        };
    }

    private static StepOutcome ByProvider(MessengerIntegrationContext context)
    {
        if (context.Memory.Observation?.Value.Delivery is not { } report)
        {
            return StepOutcome.DoneWith(MessengerIntegrationReasons.Healthy, Messages.DeliveryUnknown);
        }

        var since = context.Scopes.Select(context.EntryOf).FirstOrDefault()?.Since;
        var error = report.LastErrorAt is { } at && (since is null || at.UtcDateTime >= since) ? report : null;
        context.Update(status => status with
        {
            Webhook = (status.Webhook ?? new WebhookStatus()) with
            {
                PendingDeliveries = report.Pending,
                LastError = error is null ? null : new DeliveryErrorStatus { Reason = error.LastError.ToString(), Time = error.LastErrorAt!.Value.UtcDateTime },
            },
        });

        // The provider keeps showing its last error after deliveries have recovered; only with events waiting is it still trouble.
        return (error, report.Pending) switch
        {
            ({ }, > 0) => StepOutcome.Wait(MessengerIntegrationReasons.ProviderReportsErrors, Advice(error.LastError), context.CheckInterval)
                with
            { EventMessage = error.Detail is { } detail ? $"{Advice(error.LastError)} ({detail})" : null },
            (_, > Backlog) => StepOutcome.Wait(MessengerIntegrationReasons.PendingDeliveries, Messages.PendingDeliveries, context.CheckInterval),
            _ => StepOutcome.DoneWith(MessengerIntegrationReasons.Healthy, Messages.DeliveryHealthy),
        };
    }

    private static string Advice(DeliveryError error) => error switch
    {
        DeliveryError.Tls => "The provider cannot deliver: it does not accept the certificate at the public URL.",
        DeliveryError.ConnectionFailed => "The provider cannot deliver: it gets no connection to the public URL.",
        DeliveryError.Timeout => "The provider cannot deliver: the receiver's answers take too long; look at the sink.",
        DeliveryError.BadStatus => "The provider cannot deliver: the receiver refuses or cannot take events; look at its log and at the sink.",
        _ => "The provider reports that deliveries fail.",
    };
}
