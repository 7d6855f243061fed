using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Says whether events really arrive: registered is not delivering.</summary>
/// <remarks>
/// Owns DeliveryHealthy, which is reported and not part of Ready. Works on what RegisterWebhook has read, without a call of its own.
/// False: ProviderReportsErrors, PendingDeliveries.
/// </remarks>
internal sealed class ObserveDelivery : IReconcileStep<MessengerIntegrationContext>
{
    // A few events are always under way; this many mean that deliveries do not keep up.
    private const long Backlog = 100;

    public ConditionType Owns => new(MessengerIntegrationConditions.DeliveryHealthy);

    public bool CountsForReady => false;

    public ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken) => new(Observe(context));

    private static StepOutcome Observe(MessengerIntegrationContext context)
    {
        if (context.Memory.Observation?.Value.Delivery is not { } report)
        {
            return StepOutcome.DoneWith(MessengerIntegrationReasons.Healthy, Messages.DeliveryUnknown);
        }

        var since = context.Ledger.Find(context.Identity.Id, context.WebhookUrl)?.Since;
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
