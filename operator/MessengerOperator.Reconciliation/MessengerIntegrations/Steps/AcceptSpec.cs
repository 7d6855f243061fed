using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Http;
using MessengerOperator.Reconciliation.MessengerIntegrations.Checks;
using MessengerOperator.Runtime.Controllers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Checks what the spec says, without looking anywhere else.</summary>
/// <remarks>
/// Owns SpecAccepted. Repeats every rule of the CRD, since servers before 1.25 drop them, and adds what only the operator knows.
/// Stalled: InvalidSpec, ProviderNotSupported.
/// </remarks>
internal sealed class AcceptSpec(ProviderRegistry providers, IOptions<ProviderHttpOptions> http) : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.SpecAccepted);

    public ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken) => new(Accept(context));

    private StepOutcome Accept(MessengerIntegrationContext context)
    {
        var spec = context.Entity.Spec;
        List<SpecViolation> violations =
        [
            .. SpecChecks.Check(context.Entity),
            .. SinkHeaderChecks.Of(spec.Sink, "spec.sink"),
            .. SinkHeaderChecks.Of(spec.Delivery.DeadLetter, "spec.delivery.deadLetter"),
        ];
        if (violations.Count > 0)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.InvalidSpec, string.Join(" ", violations));
        }

        var name = context.ProviderName;
        if (!providers.TryGet(name, out var provider))
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.ProviderNotSupported, Messages.ProviderNotSupported(name));
        }

        var settings = SpecBlock.Of(context.Entity.Spec);
        if (settings.BaseAddresses().FirstOrDefault(field => !http.Value.Allows(field.Address)) is { Field: { } forbidden })
        {
            return StepOutcome.Stalled(
                MessengerIntegrationReasons.InvalidSpec,
                $"{forbidden}: the operator's configuration does not allow this host; ask the platform team to add it to Providers.AllowedBaseHosts.");
        }

        (context.Provider, context.Settings) = (provider, settings);
        context.Update(status => status with { Provider = context.Entity.Spec.Provider });
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Accepted, Messages.Accepted);
    }
}
