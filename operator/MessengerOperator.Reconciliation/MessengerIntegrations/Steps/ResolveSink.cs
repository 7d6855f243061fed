using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Finds out where events go, and where those go that are refused there.</summary>
/// <remarks>Owns SinkResolved. Stalled: NoSink, SinkNotAllowed, SecretNotFound, KeyMissing, MalformedCredential. Waits: SinkNotFound, SinkNotAddressable, SinkForbidden.</remarks>
internal sealed class ResolveSink(SinkResolver sinks, SecretReader secrets) : IReconcileStep<MessengerIntegrationContext>
{
    // Sinks may be of any kind, so they are not watched.
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    public ConditionType Owns => new(MessengerIntegrationConditions.SinkResolved);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var (sink, problem) = await TakeAsync(context, await sinks.ResolveAsync(context.Entity, cancellationToken), values, cancellationToken);
        if (sink is null)
        {
            return problem!;
        }

        context.Sink = sink;
        if (await sinks.ResolveDeadLetterAsync(context.Entity, cancellationToken) is { } deadLetters)
        {
            (context.DeadLetterSink, problem) = await TakeAsync(context, deadLetters, values, cancellationToken);
            if (problem is not null)
            {
                return problem;
            }
        }

        context.SinkValues = values;
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Resolved, Messages.SinkResolved);
    }

    /// <summary>The sink, its secrets added to <paramref name="values"/>; or why not.</summary>
    private async Task<(ResolvedSink? Sink, StepOutcome? Problem)> TakeAsync(
        MessengerIntegrationContext context, SinkResolution resolution, Dictionary<string, Secret> values, CancellationToken cancellationToken)
    {
        switch (resolution)
        {
            case SinkResolution.Refused refused:
                return (null, StepOutcome.Stalled(refused.Reason, refused.Message));
            case SinkResolution.NotYet notYet:
                return (null, StepOutcome.Wait(notYet.Reason, notYet.Message, Recheck));
            case SinkResolution.Resolved { Sink: var sink }:
                var problem = await ReadSecretsAsync(context, sink, values, cancellationToken);
                return (problem is null ? sink : null, problem);
            default:
                throw new InvalidOperationException("There is no other resolution.");
        }
    }

    private async Task<StepOutcome?> ReadSecretsAsync(
        MessengerIntegrationContext context, ResolvedSink sink, Dictionary<string, Secret> values, CancellationToken cancellationToken)
    {
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

        return null;
    }
}
