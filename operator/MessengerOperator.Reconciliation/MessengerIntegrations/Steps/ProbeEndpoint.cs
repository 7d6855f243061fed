using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;
using MessengerOperator.Reconciliation.MessengerIntegrations.Probing;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Controllers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Routes the public URL to our receiver where the spec wants that, and proves that it leads there and that the receiver has loaded the newest secrets, before a provider is told to use them.</summary>
/// <remarks>
/// Owns EndpointReachable. The route comes when the receiver runs, not before: one that changes its receiver must not lead to nobody. Stalled: ChildConflict; RouteNotServed, looked at again on the slow timer; RouteRefused where the
/// object is at fault, otherwise it waits with growing pauses: ingress controllers refuse a host and path for as long as they see another Ingress with it. Waits: ProbeFailed, TlsInvalid, WrongResponder, with growing pauses up to a minute, since routes, names and certificates
/// come to be outside the cluster's objects; Progressing while a receiver that runs may still have to load the files of a new member. A URL that was reached before and now does not answer at all keeps its
/// verdict for the grace period: one hiccup must not take a healthy account out of Ready. So does one whose receiver does not know a changed secret yet, as long as the former one is
/// accepted: the provider still uses that, and is told of the new one only when the probe was answered with it. Stalled: NoWebhookUrl. Done with ProbeDisabled when <c>webhook.probe</c> says so.
/// </remarks>
internal sealed class ProbeEndpoint(WebhookRoutes routes, EndpointProbe probe, IntegrationMemories memories, IOptions<IntegrationOptions> options, TimeProvider time)
    : IReconcileStep<MessengerIntegrationContext>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPauseWhileLoading = TimeSpan.FromSeconds(10);

    public ConditionType Owns => new(MessengerIntegrationConditions.EndpointReachable);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        if (await RouteAsync(context, cancellationToken) is { } trouble)
        {
            return trouble;
        }

        if (WebhookAddress.Authority(context.Entity, options.Value) is not { } authority)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.NoWebhookUrl, Messages.NoWebhookUrl);
        }

        context.WebhookUrl = new Uri(authority + context.WebhookPath + (context.PathCarriesToken ? $"/{context.Webhook.Token.Reveal()}" : ""));
        if (context.Entity.Spec.Webhook.Probe == ProbeMode.Disabled)
        {
            // Nothing tells when the files are loaded, so the time has to do.
            context.HoldsRegistrationFor = Left(context.LoadingUntil);
            return StepOutcome.DoneWith(MessengerIntegrationReasons.ProbeDisabled, Messages.ProbeDisabled);
        }

        var fingerprint = memories.Fingerprint(context.WebhookUrl.AbsoluteUri, context.Files.ProbeKey.Reveal());
        var last = await ProbeAsync(context, fingerprint, cancellationToken);
        var after = last.At + Interval(context, last.Value) - time.GetUtcNow();
        return last.Value switch
        {
            { Verdict: ProbeVerdict.Reached } => Reached(context, fingerprint, after),
            { Verdict: ProbeVerdict.TlsInvalid } failed => Wait(MessengerIntegrationReasons.TlsInvalid, Messages.TlsInvalid, failed, after),
            var failed when Left(context.Files.FormerUntil) is not null => FormerServes(context, failed, after),
            { Verdict: ProbeVerdict.WrongResponder } when Left(context.LoadingUntil) is not null => StepOutcome.Wait(Reason.Progressing, Messages.ReceiverLoading, after),
            { Verdict: ProbeVerdict.WrongResponder } failed => Wait(MessengerIntegrationReasons.WrongResponder, Messages.WrongResponder, failed, after),
            var failed when context.Memory.ReachedAs == fingerprint => KeepLastGood(failed, after, sameInputs: true),
            var failed => Wait(MessengerIntegrationReasons.ProbeFailed, Messages.ProbeFailed, failed, after),
        };
    }

    /// <summary>Keeps the Ingress or HTTPRoute; gives what keeps it from being there.</summary>
    private async Task<StepOutcome?> RouteAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        if (context.HoldsRoute)
        {
            return null;
        }

        try
        {
            await routes.KeepAsync(context.Entity, cancellationToken);
            context.Memory.RefusedRoutes = 0;
            return null;
        }
        catch (ForeignOwnerException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.ChildConflict, Messages.ForeignChild(exception.Kind, exception.Name));
        }
        catch (RouteNotServedException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.RouteNotServed, Messages.RouteNotServed(exception.Kind)) with { RequeueAfter = context.CheckInterval };
        }
        catch (RouteRefusedException exception)
        {
            var message = Messages.RouteRefused(exception.Kind, exception.Key.Name);
            var outcome = exception.IsInvalid
                ? StepOutcome.Stalled(MessengerIntegrationReasons.RouteRefused, message)
                : StepOutcome.Wait(MessengerIntegrationReasons.RouteRefused, message, Pause(context.Memory.RefusedRoutes++, LongestPause));
            return outcome with { EventMessage = $"{message} ({exception.Message})" };
        }
    }

    private async Task<Remembered<ProbeResult>> ProbeAsync(MessengerIntegrationContext context, string fingerprint, CancellationToken cancellationToken)
    {
        var memory = context.Memory;
        if (memory.Probe is { } last && last.Fingerprint == fingerprint && time.GetUtcNow() < last.At + Interval(context, last.Value) && !context.IsRequested)
        {
            return last;
        }

        var result = await probe.ProbeAsync(context.WebhookUrl, context.Files.ProbeKey, cancellationToken);
        memory.FailedProbes = result.Verdict == ProbeVerdict.Reached ? 0 : memory.Probe?.Fingerprint == fingerprint ? memory.FailedProbes + 1 : 1;
        return memory.Probe = new(result, fingerprint, time.GetUtcNow());
    }

    private StepOutcome Reached(MessengerIntegrationContext context, string fingerprint, TimeSpan after)
    {
        context.Memory.ReachedAs = fingerprint;

        // One of several pods has answered; the others get their files at times of their own.
        context.HoldsRegistrationFor = context.Status.Receiver?.Replicas > 1 ? Left(context.LoadingUntil) : null;
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Reachable, Messages.EndpointReachable) with { RequeueAfter = after };
    }

    /// <summary>A secret has changed and the one before is still accepted: what the provider sends arrives, whether the new one is loaded or not.</summary>
    private static StepOutcome FormerServes(MessengerIntegrationContext context, ProbeResult failed, TimeSpan after)
    {
        context.HoldsRegistrationFor = after;
        var sameInputs = context.Entity.Status?.Webhook?.Url == context.ShownWebhookUrl.AbsoluteUri;
        return failed.Verdict == ProbeVerdict.WrongResponder
            ? StepOutcome.KeepLastGood(Reason.Progressing, Messages.ReceiverLoading, after, sameInputs)
            : KeepLastGood(failed, after, sameInputs);
    }

    private static StepOutcome KeepLastGood(ProbeResult failed, TimeSpan after, bool sameInputs) =>
        StepOutcome.KeepLastGood(MessengerIntegrationReasons.ProbeFailed, Messages.ProbeFailed, after, sameInputs) with { EventMessage = $"{Messages.ProbeFailed} ({failed.Detail})" };

    private static StepOutcome Wait(string reason, string message, ProbeResult result, TimeSpan after) =>
        StepOutcome.Wait(reason, message, after) with { EventMessage = $"{message} ({result.Detail})" };

    private static TimeSpan Interval(MessengerIntegrationContext context, ProbeResult last)
    {
        if (last.Verdict == ProbeVerdict.Reached)
        {
            return context.CheckInterval;
        }

        return Pause(context.Memory.FailedProbes - 1, context.LoadingUntil is null ? LongestPause : LongestPauseWhileLoading);
    }

    /// <summary>A second, doubled by each failure before.</summary>
    private static TimeSpan Pause(int failures, TimeSpan longest)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 10)));
        return pause < longest ? pause : longest;
    }

    private TimeSpan? Left(DateTime? until) => until - time.GetUtcNow().UtcDateTime is { } left && left > TimeSpan.Zero ? left : null;
}
