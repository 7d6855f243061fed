using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Says what is wrong with a spec, without looking at anything but the object.</summary>
/// <remarks>
/// Every CEL rule of the resource definition stands here again, under the name of its text in <see cref="SpecMessages"/>: servers before
/// 1.25 drop such rules. Beyond them only what CEL cannot say. Lengths, patterns and required fields are the schema's,
/// which every server enforces.
/// </remarks>
public static class SpecChecks
{
    /// <summary>The broken rules in the order of the fields; empty when the spec is fine.</summary>
    public static IReadOnlyList<SpecViolation> Check(MessengerIntegration integration)
    {
        ArgumentNullException.ThrowIfNull(integration);
        var spec = integration.Spec;
        return
        [
            .. ProviderChecks.Of(spec, integration.Status?.Provider),
            .. AccountChecks.Of(spec),
            .. WebhookChecks.Of(spec.Webhook),
            .. ExposureChecks.Of(spec.Exposure),
            .. ReceiverChecks.Of(spec.Receiver),
            .. SinkChecks.Of(spec.Sink, "spec.sink"),
            .. DeliveryChecks.Of(spec.Delivery),
            .. DeliveryChecks.Of(spec.Delivery.Spool, spec.Receiver),
            .. LifecycleChecks.Of(spec),
        ];
    }
}
