using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Asks the provider whether the credentials are good and belong to the named account: "Test Connection".</summary>
/// <remarks>
/// Owns CredentialsValid. Asks when spec or credentials have changed, when <c>requested-at</c> says so, and on the slow timer; otherwise the
/// remembered verdict counts. Stalled: InvalidCredentials, InsufficientPermission, AccountMismatch. "Could not tell" (RateLimited,
/// ProviderUnavailable) keeps the last good verdict within the grace period and goes on, so that a provider's outage holds nothing else up.
/// </remarks>
internal sealed class TestConnection(
    ProviderAccounts providers, IntegrationMemories memories, CallBudget budget, AccountNotices notices, TimeProvider time)
    : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.CredentialsValid);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint(context);
        var memory = context.Memory;
        if (memory.BudgetFingerprint is { } previous && previous != fingerprint)
        {
            // A repair takes effect at once, whatever pauses the broken state had earned.
            budget.Reset(context.Uid);
            (memory.Inconclusive, memory.NotBefore) = (0, null);
        }

        memory.BudgetFingerprint = fingerprint;
        if (!IsDue(context, fingerprint))
        {
            return memory.Test is { } test && test.Fingerprint == fingerprint && memory.NotBefore is null
                ? Verdict(context, test.Value)
                : CouldNotTell(context, fingerprint, memory.LastInconclusive!);
        }

        var result = await providers.Of(context.ProviderName).TestConnectionAsync(context.Account, cancellationToken);
        memory.TriedRequest = context.RequestedAt;
        if (result.Failure is { } failure && ProviderOutcomes.IsInconclusive(failure))
        {
            memory.LastInconclusive = failure;
            memory.NotBefore = time.GetUtcNow() + Pause(failure, memory.Inconclusive++, context);
            return CouldNotTell(context, fingerprint, failure);
        }

        (memory.Inconclusive, memory.NotBefore, memory.LastInconclusive) = (0, null, null);
        memory.Test = new(result, fingerprint, time.GetUtcNow());
        memory.HandledRequest = context.RequestedAt;
        return Verdict(context, result);
    }

    private bool IsDue(MessengerIntegrationContext context, string fingerprint)
    {
        var (memory, now) = (context.Memory, time.GetUtcNow());
        if (memory.NotBefore is { } notBefore)
        {
            return now >= notBefore || context.IsRequested;
        }

        return memory.Test is not { } test
            || test.Fingerprint != fingerprint
            || now >= test.At + context.CheckInterval
            || context.IsRequested;
    }

    private StepOutcome Verdict(MessengerIntegrationContext context, ProviderResult<AccountIdentity> result)
    {
        var due = context.Memory.Test!.At + context.CheckInterval - time.GetUtcNow();
        if (context.RequestedAt is { } requested && requested == context.Memory.HandledRequest)
        {
            // In every pass, not only in the one that asked: that one's status may have been lost to a conflict.
            context.Update(status => status with { LastHandledRequest = requested });
        }

        if (!result.TryGet(out var identity, out var failure))
        {
            var (reason, message) = ProviderOutcomes.Describe(failure);
            return StepOutcome.Stalled(reason, message) with { EventMessage = ProviderOutcomes.ForEvent(failure), RequeueAfter = due };
        }

        context.Memory.LastGood = new(identity, context.Memory.Test.Fingerprint, context.Memory.Test.At);
        context.Identify(identity);
        notices.Tell(context, identity);
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Valid, Messages.CredentialsValid) with { RequeueAfter = due };
    }

    private StepOutcome CouldNotTell(MessengerIntegrationContext context, string fingerprint, ProviderFailure failure)
    {
        var (reason, message) = ProviderOutcomes.Describe(failure);
        var after = context.Memory.NotBefore!.Value - time.GetUtcNow();
        var lastGood = context.Memory.LastGood ??= FromStatus(context, fingerprint);
        if (lastGood is null || lastGood.Fingerprint != fingerprint)
        {
            return StepOutcome.Wait(reason, message, after, ConditionStatus.Unknown) with { EventMessage = ProviderOutcomes.ForEvent(failure) };
        }

        context.Identify(lastGood.Value);
        return StepOutcome.KeepLastGood(reason, message, after, sameInputs: true) with { EventMessage = ProviderOutcomes.ForEvent(failure) };
    }

    // After a restart only status remembers. It speaks of these credentials when it is of this generation and they name the same account.
    private Remembered<AccountIdentity>? FromStatus(MessengerIntegrationContext context, string fingerprint)
    {
        var status = context.Entity.Status;
        var valid = status?.Conditions?.FirstOrDefault(condition => condition.Type == MessengerIntegrationConditions.CredentialsValid);
        var known = providers.Of(context.ProviderName).AccountIdOf(context.Account);
        return valid?.Status == "True"
            && valid.ObservedGeneration == context.Entity.Metadata.Generation
            && status!.Account is { Id: { } id } account
            && (known is null || known == id)
                ? new(new AccountIdentity(id, account.Username, account.DisplayName, account.CredentialsExpireAt), fingerprint, time.GetUtcNow())
                : null;
    }

    private static TimeSpan Pause(ProviderFailure failure, int inconclusive, MessengerIntegrationContext context)
    {
        var pause = CheckClock.Retry(inconclusive, context.CheckInterval);
        return failure is ProviderFailure.Throttled throttled && throttled.After > pause ? throttled.After : pause;
    }

    private string Fingerprint(MessengerIntegrationContext context) => memories.Fingerprint(
        [context.Settings.Block.GetRawText(), $"displayName={context.Account.DisplayName}", .. context.Account.Credentials.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Reveal()}")]);
}
