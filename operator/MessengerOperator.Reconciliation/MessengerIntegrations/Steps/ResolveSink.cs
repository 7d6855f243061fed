using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Finds out where events go.</summary>
/// <remarks>Owns SinkResolved. Stalled: NoSink, SinkNotAllowed, SecretNotFound, KeyMissing, MalformedCredential. Waits: SinkNotFound, SinkNotAddressable.</remarks>
internal sealed class ResolveSink(SinkResolver sinks, SecretReader secrets) : IReconcileStep<MessengerIntegrationContext>
{
    // Sinks may be of any kind, so they are not watched.
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    public ConditionType Owns => new(MessengerIntegrationConditions.SinkResolved);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        switch (await sinks.ResolveAsync(context.Entity, cancellationToken))
        {
            case SinkResolution.Refused refused:
                return StepOutcome.Stalled(refused.Reason, refused.Message);
            case SinkResolution.NotYet notYet:
                return StepOutcome.Wait(notYet.Reason, notYet.Message, Recheck);
            case SinkResolution.Resolved resolved:
                context.Sink = resolved.Sink;
                return await ReadSecretsAsync(context, resolved.Sink, cancellationToken)
                    ?? StepOutcome.DoneWith(MessengerIntegrationReasons.Resolved, Messages.SinkResolved);
            default:
                throw new InvalidOperationException("There is no other resolution.");
        }
    }

    private async Task<StepOutcome?> ReadSecretsAsync(MessengerIntegrationContext context, ResolvedSink sink, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var (key, field, selector) in SinkSecrets.All(sink, MemberFiles.Of(context.Entity)))
        {
            switch (await secrets.LookUpAsync(context.Namespace, selector, cancellationToken))
            {
                case SecretLookup.NoSecret:
                    return StepOutcome.Stalled(MessengerIntegrationReasons.SecretNotFound, Messages.SecretNotFound(field, selector.Name, selector.Key));
                case SecretLookup.NoKey:
                    return StepOutcome.Stalled(MessengerIntegrationReasons.KeyMissing, Messages.KeyMissing(field, selector.Name, selector.Key));
                case SecretLookup.NotText:
                    return StepOutcome.Stalled(MessengerIntegrationReasons.MalformedCredential, Messages.MalformedCredential(field, selector.Name, selector.Key, "it is not text"));
                case SecretLookup.Found found:
                    values.Add(key, found.Value);
                    break;
            }
        }

        context.SinkValues = values;
        return null;
    }
}
