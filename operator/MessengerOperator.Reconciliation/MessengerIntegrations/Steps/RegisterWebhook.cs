using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Makes the provider deliver to our URL: "Set Webhook", but observed, compared and kept.</summary>
/// <remarks>
/// Owns WebhookRegistered. Reads what the provider has; a registration that agrees in all that can be read, and whose unreadable settings have the
/// ledger's hash, is left alone. Otherwise the intent goes into the ledger, then the registration is written and read back. A registration
/// that an edit has left behind at another account is removed. Stalled: RegistrationRejected, InvalidCredentials, InsufficientPermission,
/// ManualActionRequired. "Could not tell" keeps an Active registration's verdict.
/// </remarks>
internal sealed class RegisterWebhook(
    ProviderAccounts providers, WebhookRegistrar registrar, DepartedAccounts departed, IntegrationMemories memories, TimeProvider time)
    : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.WebhookRegistered);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        ShowWebhook(context);
        var departing = await departed.RemoveAsync(context, cancellationToken);
        var outcome = await EnsureAsync(context, cancellationToken);
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
        var isManual = context.Entity.Spec.Webhook.Registration == RegistrationMode.Manual;
        if (!due && (isManual || memory.Overwritten > 0 || context.Ledger.Find(context.Identity.Id, context.WebhookUrl)?.State == RegistrationState.Active))
        {
            return Verdict(context, memory.Observation!.Value);
        }

        var result = isManual
            ? await providers.Of(context.ProviderName).ObserveAsync(context.Account, context.Target, cancellationToken)
            : await registrar.EnsureAsync(context, cancellationToken);
        if (!result.TryGet(out var observed, out var failure))
        {
            var pause = failure switch
            {
                ProviderFailure.Throttled throttled => throttled.After,
                ProviderFailure.Unavailable or ProviderFailure.Rejected { Retry: true } => CheckClock.Retry(memory.FailedRegistrations++, context.CheckInterval),
                _ => context.CheckInterval,
            };
            memory.RegistrationNotBefore = time.GetUtcNow() + pause;
            memory.RegistrationFailure = new(failure, fingerprint, time.GetUtcNow());
            return Failed(context, failure);
        }

        (memory.FailedRegistrations, memory.RegistrationNotBefore, memory.RegistrationFailure) = (0, null, null);
        memory.Observation = new(observed, fingerprint, time.GetUtcNow());
        memory.Overwritten = !isManual && observed.Differences.Count > 0 ? memory.Overwritten + 1 : 0;
        return Verdict(context, observed);
    }

    private StepOutcome Verdict(MessengerIntegrationContext context, ObservedWebhook observed) => observed switch
    {
        { ManualAction: { } action } => StepOutcome.Stalled(MessengerIntegrationReasons.ManualActionRequired, action) with { RequeueAfter = UntilCheck(context) },
        { Differences.Count: > 0 } => NotOurs(context),
        _ => StepOutcome.DoneWith(MessengerIntegrationReasons.Registered, Messages.Registered) with { RequeueAfter = UntilCheck(context) },
    };

    /// <summary>When the registration is compared next: with the check interval, or with growing pauses while somebody keeps overwriting it.</summary>
    private TimeSpan UntilCheck(MessengerIntegrationContext context) => context.Memory.Observation!.At + Interval(context) - time.GetUtcNow();

    private static TimeSpan Interval(MessengerIntegrationContext context) =>
        context.Memory.Overwritten == 0 ? context.CheckInterval : CheckClock.Retry(context.Memory.Overwritten, context.CheckInterval);

    private static void ShowWebhook(MessengerIntegrationContext context) => context.Update(status => status with
    {
        Webhook = (status.Webhook ?? new WebhookStatus()) with
        {
            Url = context.WebhookUrl.AbsoluteUri,
            TokenSecretRef = new SecretKeySelector { Name = context.Webhook.Name, Key = WebhookSecretKeys.Token },
        },
    });

    // Managed: the provider took our registration and still shows another, so somebody writes against us. Manual: an admin has to paste the URL.
    private StepOutcome NotOurs(MessengerIntegrationContext context) => context.Entity.Spec.Webhook.Registration == RegistrationMode.Manual
        ? StepOutcome.Stalled(MessengerIntegrationReasons.ManualActionRequired, context.Provider.ManualSteps(context.Settings, context.Webhook.Name)) with { RequeueAfter = UntilCheck(context) }
        : StepOutcome.Wait(MessengerIntegrationReasons.RegistrationDrifted, Messages.RegistrationDrifted, UntilCheck(context));

    private StepOutcome Failed(MessengerIntegrationContext context, ProviderFailure failure)
    {
        var (reason, message) = ProviderOutcomes.Describe(failure);
        var after = context.Memory.RegistrationNotBefore!.Value - time.GetUtcNow();
        var isActive = context.Ledger.Find(context.Identity.Id, context.WebhookUrl) is { State: RegistrationState.Active };
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
