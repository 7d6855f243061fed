using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Makes the provider deliver to our URL: "Set Webhook", but observed, compared and kept.</summary>
/// <remarks>
/// Owns WebhookRegistered. Reads what the provider has; a registration that agrees in all that can be read, and whose unreadable settings have the
/// ledger's hash, is left alone. Otherwise the intent goes into the ledger, then the registration is written and read back. A registration
/// that an edit has left behind at another account is removed. Stalled: RegistrationRejected, InvalidCredentials, InsufficientPermission,
/// ManualActionRequired. "Could not tell" keeps an Active registration's verdict. With manual registration nothing is written: what the provider shows counts, or else
/// the first genuine request at the receiver; of a registration that leads elsewhere and a request the later one. While receivers may not have loaded a changed secret yet the
/// provider is told nothing, and the last verdict is kept.
/// </remarks>
internal sealed class RegisterWebhook(
    WebhookRegistrar registrar, DepartedAccounts departed, ReceiverStatusReader receivers, IntegrationMemories memories, TimeProvider time)
    : IReconcileStep<MessengerIntegrationContext>
{
    // While an admin is at the provider's console. Only the receiver is asked so often, not the provider.
    private static readonly TimeSpan ManualRecheck = TimeSpan.FromSeconds(15);

    // What a provider shows may be this old: pages of a Meta app share one reading for two minutes, and clocks differ.
    private static readonly TimeSpan AgeOfReadings = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan SoonAfterNews = TimeSpan.FromSeconds(1);

    public ConditionType Owns => new(MessengerIntegrationConditions.WebhookRegistered);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        ShowWebhook(context);
        var departing = await departed.RemoveAsync(context, cancellationToken);
        var outcome = context.HoldsRegistrationFor is { } pause
            ? StepOutcome.KeepLastGood(Reason.Progressing, Messages.ReceiverLoading, pause, sameInputs: context.IsRegistered)
            : await EnsureAsync(context, cancellationToken);
        return departing is { } retry && (outcome.RequeueAfter is not { } wish || retry < wish) ? outcome with { RequeueAfter = retry } : outcome;
    }

    private async Task<StepOutcome> EnsureAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var fingerprint = memories.Fingerprint(context.WebhookUrl.AbsoluteUri, context.Webhook.Token.Reveal(), context.Memory.BudgetFingerprint ?? "");
        var memory = context.Memory;
        if (memory.RegistrationNotBefore is { } notBefore && notBefore > time.GetUtcNow() && memory.RegistrationFailure?.Fingerprint == fingerprint && !context.IsRequested)
        {
            return Failed(context, memory.RegistrationFailure.Value);
        }

        var due = memory.RegistrationFailure is not null || memory.Observation is not { } last || last.Fingerprint != fingerprint || time.GetUtcNow() >= last.At + Interval(context) || context.IsRequested;
        if (!due && (IsManual(context) || memory.Overwritten > 0 || context.IsRegistered))
        {
            return await VerdictAsync(context, memory.Observation!.Value, cancellationToken);
        }

        var result = IsManual(context)
            ? await registrar.ObserveAsync(context, cancellationToken)
            : await registrar.EnsureAsync(context, cancellationToken);
        if (!result.TryGet(out var observed, out var failure))
        {
            var pause = failure switch
            {
                ProviderFailure.Throttled throttled => Longer(throttled.After, CheckClock.Retry(memory.FailedRegistrations++, context.CheckInterval)),
                ProviderFailure.Unavailable or ProviderFailure.Rejected { Retry: true } => CheckClock.Retry(memory.FailedRegistrations++, context.CheckInterval),
                _ => context.CheckInterval,
            };
            memory.RegistrationNotBefore = time.GetUtcNow() + pause;
            memory.RegistrationFailure = new(failure, fingerprint, time.GetUtcNow());
            return Failed(context, failure);
        }

        (memory.FailedRegistrations, memory.RegistrationNotBefore, memory.RegistrationFailure) = (0, null, null);
        memory.Observation = new(observed, fingerprint, time.GetUtcNow());
        memory.Overwritten = !IsManual(context) && observed.Differences.Count > 0 ? memory.Overwritten + 1 : 0;
        return await VerdictAsync(context, observed, cancellationToken);
    }

    private async Task<StepOutcome> VerdictAsync(MessengerIntegrationContext context, ObservedWebhook observed, CancellationToken cancellationToken) => observed switch
    {
        { ManualAction: { } action } => StepOutcome.Stalled(MessengerIntegrationReasons.ManualActionRequired, action) with { RequeueAfter = UntilCheck(context) },
        { IsVisible: true, Differences.Count: 0 } => Registered(context),
        _ when IsManual(context) => await IsProvenAsync(context, observed, cancellationToken) ? Registered(context) : ByHand(context),

        // The provider took our registration and still shows another, so somebody writes against us.
        _ => StepOutcome.Wait(MessengerIntegrationReasons.RegistrationDrifted, Messages.RegistrationDrifted, UntilCheck(context)),
    };

    private static bool IsManual(MessengerIntegrationContext context) => context.Entity.Spec.Webhook.Registration == RegistrationMode.Manual;

    private StepOutcome Registered(MessengerIntegrationContext context)
    {
        var confirmation = memories.Confirmation(context, context.Webhook.Token);
        var isNews = context.Memory.ConfirmedAs != confirmation && context.Files.FormerUntil is not null;
        context.Memory.ConfirmedAs = confirmation;
        context.Update(status => status with { LastHandledRotation = context.Webhook.Rotation ?? status.LastHandledRotation });

        // What the former token was kept for may be over: the steps before this one see to it.
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Registered, Messages.Registered) with { RequeueAfter = isNews ? SoonAfterNews : UntilCheck(context) };
    }

    private static StepOutcome ByHand(MessengerIntegrationContext context) =>
        StepOutcome.Stalled(MessengerIntegrationReasons.ManualActionRequired, context.Provider.ManualSteps(context.Settings, context.Webhook.Name)) with { RequeueAfter = ManualRecheck };

    /// <summary>
    /// Whether a genuine request has come to this URL; one that was seen once counts until URL, token or account change, or until the provider shows that it delivers elsewhere.
    /// </summary>
    private async Task<bool> IsProvenAsync(MessengerIntegrationContext context, ObservedWebhook observed, CancellationToken cancellationToken)
    {
        var fingerprint = memories.Fingerprint(context.WebhookUrl.AbsoluteUri, context.Identity.Id);
        if (!observed.DeliversElsewhere && (context.Memory.ProvenByHand?.Fingerprint == fingerprint || WasRegistered(context)))
        {
            return true;
        }

        // The provider is asked seldom, so an admin's entry shows at the receiver first.
        var proof = (await receivers.ReadAsync(context.Entity, cancellationToken))?.LastProofAt;
        var counts = proof is not null && (!observed.DeliversElsewhere || proof > context.Memory.Observation!.At - AgeOfReadings);
        context.Memory.ProvenByHand = counts ? new(proof!.Value, fingerprint, time.GetUtcNow()) : null;
        return counts;
    }

    // Receivers count from their start, so after a restart of both only status knows that a request had come.
    private static bool WasRegistered(MessengerIntegrationContext context) =>
        context.Entity.Status?.Webhook?.Url == context.ShownWebhookUrl.AbsoluteUri
        && context.Entity.Status.Account?.Id == context.Identity.Id
        && context.Entity.Status.Conditions?.Any(condition => condition is { Type: MessengerIntegrationConditions.WebhookRegistered, Status: "True" }) == true;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>When the registration is compared next: with the check interval, with growing pauses while somebody keeps overwriting it, or soon when the receiver contradicts the provider.</summary>
    private TimeSpan UntilCheck(MessengerIntegrationContext context) => Longer(context.Memory.Observation!.At + Interval(context) - time.GetUtcNow(), SoonAfterNews);

    private static TimeSpan Interval(MessengerIntegrationContext context) => context.Memory switch
    {
        { Overwritten: > 0 } memory => CheckClock.Retry(memory.Overwritten, context.CheckInterval),
        { ProvenByHand: not null, Observation.Value.DeliversElsewhere: true } when IsManual(context) && AgeOfReadings < context.CheckInterval => AgeOfReadings,
        _ => context.CheckInterval,
    };

    private static void ShowWebhook(MessengerIntegrationContext context) => context.Update(status => status with
    {
        Webhook = (status.Webhook ?? new WebhookStatus()) with
        {
            Url = context.ShownWebhookUrl.AbsoluteUri,
            TokenSecretRef = context.Webhook.TokenRef,
        },
    });

    private StepOutcome Failed(MessengerIntegrationContext context, ProviderFailure failure)
    {
        var (reason, message) = ProviderOutcomes.Describe(failure);
        var after = context.Memory.RegistrationNotBefore!.Value - time.GetUtcNow();

        // While the former token is accepted, the registration that the provider still has is as good as the one that could not be made.
        var isActive = context.IsRegistered || (context.Files.FormerUntil is not null && context.Entity.Status?.Webhook?.Url == context.ShownWebhookUrl.AbsoluteUri);
        var outcome = failure switch
        {
            ProviderFailure.Throttled or ProviderFailure.Unavailable when isActive => StepOutcome.KeepLastGood(reason, message, after, sameInputs: true),
            ProviderFailure.Throttled or ProviderFailure.Unavailable => StepOutcome.Wait(reason, message, after, ConditionStatus.Unknown),
            ProviderFailure.Rejected { Retry: true } => StepOutcome.Wait(reason, message, after),
            _ => StepOutcome.Stalled(reason, message) with { RequeueAfter = after },
        };
        return outcome with { EventMessage = ProviderOutcomes.ForEvent(failure) };
    }
}
