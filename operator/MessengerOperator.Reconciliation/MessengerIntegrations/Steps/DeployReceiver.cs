using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Brings the integration into the receiver of its group, applies the receiver's objects, and waits until enough of its pods are ready.</summary>
/// <remarks>
/// Owns ReceiverAvailable, which is True with RolloutHeld while pods are kept since they hold events that no sink takes, and True with the reason why while it is a pod short.
/// Waits, woken by Deployment and pods: Progressing, ImagePullFailed, CrashLooping, Unschedulable, QuotaExceeded; where some pods serve meanwhile, the later steps run: registration and
/// deliveries are to be looked after just then. Stalled: ChildConflict, an object of somebody else is never taken over; PathConflict, another member has the path; SpoolClaimRefused, pods stay
/// as they are. An integration that moved to another group stays in the former one as well, until the provider is known to deliver to the new one and the former one holds no event of it.
/// </remarks>
internal sealed class DeployReceiver(
    ReceiverMembership membership, ReceiverPods pods, ReceiverStatusReader receivers, IntegrationMemories memories, EventPublisher publish, IOptions<IntegrationOptions> options, TimeProvider time)
    : IReconcileStep<MessengerIntegrationContext>
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    public ConditionType Owns => new(MessengerIntegrationConditions.ReceiverAvailable);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var member = Member(context);
        try
        {
            var served = await membership.JoinAsync(member, cancellationToken);
            context.Files = served.Secrets;
            context.LoadingUntil = LoadingUntil(served);
            context.HoldsRoute = context.LoadingUntil is not null && membership.FormerGroups(context.Entity).Count > 0;
            Show(context, member.Group, served.Deployment);
            TellIgnoredSettings(context, served.Lead);
            TellHeld(context, member.Group, served.IsHeld);
            var leaving = await LeaveFormerAsync(context, cancellationToken);
            return Sooner(Sooner(Verdict(context, member.Group, served), leaving), Left(served.Secrets.FormerUntil));
        }
        catch (ForeignOwnerException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.ChildConflict, Messages.ForeignChild(exception.Kind, exception.Name));
        }
        catch (ClaimRefusedException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.SpoolClaimRefused, exception.Message);
        }
        catch (PathTakenException exception)
        {
            return StepOutcome.Stalled(MessengerIntegrationReasons.PathConflict, Messages.PathTaken(exception.Integration));
        }
    }

    private ReceiverMember Member(MessengerIntegrationContext context) => new()
    {
        Integration = context.Entity,
        Group = ReceiverGroup.Of(context.Entity),
        Path = context.WebhookPath,
        PathCarriesToken = context.PathCarriesToken,
        Settings = context.Settings,
        VerificationKeys = context.Provider.VerificationKeys(context.Settings),
        Credentials = context.Account.Credentials,
        Token = context.Webhook.Token,
        FormerToken = context.Webhook.FormerToken,
        ProbeKey = context.Webhook.ProbeKey,
        AccountId = context.Identity.Id,
        AccountName = context.Identity.Username,
        Sink = context.Sink,
        DeadLetterSink = context.DeadLetterSink,
        SinkValues = context.SinkValues,
        Overlap = RotationOverlap.Of(context.Entity, options.Value),
        IsTokenConfirmed = IsConfirmed(context),
    };

    private bool IsConfirmed(MessengerIntegrationContext context) => context.Memory.ConfirmedAs == memories.Confirmation(context, context.Webhook.Token);

    private StepOutcome Verdict(MessengerIntegrationContext context, ReceiverGroup group, ServedMember served)
    {
        var (spec, status) = (served.Deployment.Spec, served.Deployment.Status);
        var isObserved = status?.ObservedGeneration >= served.Deployment.Metadata.Generation;
        var (wanted, available) = (spec.Replicas ?? 1, status?.AvailableReplicas ?? 0);
        if (!isObserved && ReceiverDeployment.IsRecreated(served.Deployment))
        {
            // What the status counts goes before anything new comes.
            available = 0;
        }

        // While a new version rolls out the old pods serve, so that alone is no trouble; a new version that cannot start is.
        var trouble = pods.Trouble(group, served.Deployment);
        var isStuck = trouble is not null && !(isObserved && status?.UpdatedReplicas >= status?.Replicas);
        if (isStuck || available < Enough(served, wanted))
        {
            return StepOutcome.Wait(trouble?.Reason ?? MessengerIntegrationReasons.Progressing, trouble?.Message ?? Messages.ReceiverProgressing, Recheck) with { LaterStepsRun = available > 0 };
        }

        var isWhole = isObserved && trouble is null && available >= wanted;
        TellShort(context, trouble, isWhole);
        return served.IsHeld ? StepOutcome.DoneWith(MessengerIntegrationReasons.RolloutHeld, Messages.RolloutHeld(group.Name), Recheck)
            : isWhole ? StepOutcome.DoneWith(MessengerIntegrationReasons.Available, Messages.ReceiverAvailable)
            : trouble is not null ? StepOutcome.DoneWith(trouble.Reason, Messages.ReceiverShort(trouble.Message), Recheck)
            : StepOutcome.DoneWith(MessengerIntegrationReasons.Progressing, Messages.ReceiverGrowing, Recheck);
    }

    /// <summary>How many pods have to be available: all but one, as a drained node leaves them; of those that an autoscaler adds none.</summary>
    private static int Enough(ServedMember served, int wanted)
    {
        var allButOne = Math.Max(1, wanted - 1);
        return served.Lead.Spec.Receiver?.Autoscaling is { } scaling ? Math.Min(scaling.MinReplicas, allButOne) : allButOne;
    }

    private static void Show(MessengerIntegrationContext context, ReceiverGroup group, V1Deployment deployment) => context.Update(status => status with
    {
        Receiver = new ReceiverStatus
        {
            Group = ReceiverGroups.NameOf(context.Entity),
            Service = group.Name,
            Replicas = deployment.Status?.Replicas ?? 0,
            ReadyReplicas = deployment.Status?.ReadyReplicas ?? 0,
        },
    });

    /// <summary>Pods that started after the last change have it; those that ran before get it within the kubelet's time.</summary>
    private DateTime? LoadingUntil(ServedMember served)
    {
        var until = served.Secrets.ChangedAt.AddSeconds(options.Value.ReceiverSyncSeconds);
        return served.Secrets.ChangedAt > served.Deployment.Metadata.CreationTimestamp && until > time.GetUtcNow().UtcDateTime ? until : null;
    }

    // Once per change. After a restart of the operator once more, into the same Event.
    private void TellIgnoredSettings(MessengerIntegrationContext context, MessengerIntegration lead)
    {
        var ignored = lead.Metadata.Uid == context.Uid ? [] : ReceiverSettings.Ignored(context.Entity.Spec, lead.Spec);
        var told = ignored.Count == 0 ? null : $"{lead.Metadata.Name}: {string.Join(", ", ignored)}";
        if (told is not null && told != context.Memory.IgnoredSettingsTold)
        {
            publish(
                context.Entity,
                MessengerIntegrationReasons.ReceiverSettingsIgnored,
                Messages.ReceiverSettingsIgnored(ReceiverGroups.NameOf(context.Entity), lead.Metadata.Name, ignored),
                EventType.Warning);
        }

        context.Memory.IgnoredSettingsTold = told;
    }

    // Once; the condition goes on saying it.
    private void TellHeld(MessengerIntegrationContext context, ReceiverGroup group, bool isHeld)
    {
        if (isHeld && !context.Memory.IsHoldTold)
        {
            publish(context.Entity, MessengerIntegrationReasons.RolloutHeld, Messages.RolloutHeld(group.Name), EventType.Warning);
        }

        context.Memory.IsHoldTold = isHeld;
    }

    // Once, until all pods are there: one that starts again and again looks well in between.
    private void TellShort(MessengerIntegrationContext context, PodTrouble? trouble, bool isWhole)
    {
        if (trouble is not null && trouble.Reason != context.Memory.ShortTold)
        {
            publish(context.Entity, trouble.Reason, Messages.ReceiverShort(trouble.Message), EventType.Warning);
        }

        context.Memory.ShortTold = isWhole ? null : trouble?.Reason ?? context.Memory.ShortTold;
    }

    /// <summary>Leaves the groups that the integration was in before, once the provider delivers to this one. Gives the pause before the next look; null when there is no such group.</summary>
    private async Task<TimeSpan?> LeaveFormerAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var former = membership.FormerGroups(context.Entity);
        if (former.Count == 0)
        {
            return null;
        }

        // Without the probe nobody knows when the route leads to the new one, so the former one serves for as long as a former secret would.
        var isRouted = context.Entity.Spec.Webhook.Probe == ProbeMode.Enabled || Left(context.Files.ChangedAt + RotationOverlap.Of(context.Entity, options.Value)) is null;
        if (!isRouted || !IsConfirmed(context))
        {
            return Recheck;
        }

        TimeSpan? wish = null;
        foreach (var group in former)
        {
            // What it has accepted is delivered from there, or never.
            if (await receivers.ReadAsync(context.Entity, group, cancellationToken) is { Backlog: > 0 })
            {
                wish = Recheck;
                continue;
            }

            await membership.LeaveAsync(context.Entity, group, cancellationToken);
        }

        return wish;
    }

    private TimeSpan? Left(DateTime? until) => until - time.GetUtcNow().UtcDateTime is { } left && left > TimeSpan.Zero ? left : null;

    private static StepOutcome Sooner(StepOutcome outcome, TimeSpan? wish) =>
        wish is not null && (outcome.RequeueAfter is null || wish < outcome.RequeueAfter) ? outcome with { RequeueAfter = wish } : outcome;
}
