using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Probing;
using MessengerOperator.Runtime.Controllers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Proves that the public URL leads to our receiver before a provider is told to use it.</summary>
/// <remarks>
/// Owns EndpointReachable. Waits: ProbeFailed, TlsInvalid, WrongResponder, with growing pauses up to a minute, since routes, names and certificates
/// come to be outside the cluster's objects. A URL that was reached before and now does not answer at all keeps its
/// verdict for the grace period: one hiccup must not take a healthy account out of Ready. Stalled: NoWebhookUrl. Done with ProbeDisabled when <c>webhook.probe</c> says so.
/// </remarks>
internal sealed class ProbeEndpoint(EndpointProbe probe, IntegrationMemories memories, IOptions<IntegrationOptions> options, TimeProvider time) : IReconcileStep<MessengerIntegrationContext>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public ConditionType Owns => new(MessengerIntegrationConditions.EndpointReachable);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var webhook = context.Entity.Spec.Webhook;
        if ((webhook.Url ?? options.Value.WebhookUrl?.GetLeftPart(UriPartial.Authority)) is not { } authority)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.NoWebhookUrl, Messages.NoWebhookUrl);
        }

        context.WebhookUrl = new Uri(authority.TrimEnd('/') + context.WebhookPath);
        if (webhook.Probe == ProbeMode.Disabled)
        {
            return StepOutcome.DoneWith(MessengerIntegrationReasons.ProbeDisabled, Messages.ProbeDisabled);
        }

        var memory = context.Memory;
        var fingerprint = memories.Fingerprint(context.WebhookUrl.AbsoluteUri, context.Webhook.ProbeKey.Reveal());
        if (memory.Probe is not { } last || last.Fingerprint != fingerprint || time.GetUtcNow() >= last.At + Interval(context, last.Value) || context.IsRequested)
        {
            var result = await probe.ProbeAsync(context.WebhookUrl, context.Webhook.ProbeKey, cancellationToken);
            memory.FailedProbes = result.Verdict == ProbeVerdict.Reached ? 0 : memory.FailedProbes + 1;
            memory.Probe = last = new(result, fingerprint, time.GetUtcNow());
        }

        var after = last.At + Interval(context, last.Value) - time.GetUtcNow();
        return last.Value switch
        {
            { Verdict: ProbeVerdict.Reached } => Reached(context, fingerprint, after),
            { Verdict: ProbeVerdict.TlsInvalid } failed => Wait(MessengerIntegrationReasons.TlsInvalid, Messages.TlsInvalid, failed, after),
            { Verdict: ProbeVerdict.WrongResponder } failed => Wait(MessengerIntegrationReasons.WrongResponder, Messages.WrongResponder, failed, after),
            var failed when memory.ReachedAs == fingerprint => StepOutcome.KeepLastGood(MessengerIntegrationReasons.ProbeFailed, Messages.ProbeFailed, after, sameInputs: true) with
            {
                EventMessage = $"{Messages.ProbeFailed} ({failed.Detail})",
            },
            var failed => Wait(MessengerIntegrationReasons.ProbeFailed, Messages.ProbeFailed, failed, after),
        };
    }

    private static StepOutcome Reached(MessengerIntegrationContext context, string fingerprint, TimeSpan after)
    {
        context.Memory.ReachedAs = fingerprint;
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Reachable, Messages.EndpointReachable) with { RequeueAfter = after };
    }

    private static StepOutcome Wait(string reason, string message, ProbeResult result, TimeSpan after) =>
        StepOutcome.Wait(reason, message, after) with { EventMessage = $"{message} ({result.Detail})" };

    private static TimeSpan Interval(MessengerIntegrationContext context, ProbeResult last)
    {
        if (last.Verdict == ProbeVerdict.Reached)
        {
            return context.CheckInterval;
        }

        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(context.Memory.FailedProbes - 1, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }
}
