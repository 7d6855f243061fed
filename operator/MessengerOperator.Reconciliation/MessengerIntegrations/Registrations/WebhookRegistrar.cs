using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>Observe, compare, write: brings the registrations of one account to what is wanted and proves it by reading them back.</summary>
internal sealed partial class WebhookRegistrar(ProviderAccounts providers, EventPublisher publish, TimeProvider time, ILogger<WebhookRegistrar> logger)
{
    /// <summary>The registrations as the provider shows them in the end; the first failure when one of them could not be made.</summary>
    public async Task<ProviderResult<ObservedWebhook>> EnsureAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var due = new List<WantedRegistration>();
        var all = new List<ObservedWebhook>();
        foreach (var scope in context.Scopes)
        {
            var wanted = Wanted(context, scope);
            var observation = await providers.Of(context.ProviderName).ObserveAsync(context.Account, wanted.Target, cancellationToken);
            if (!observation.TryGet(out var observed, out var failure))
            {
                return failure;
            }

            all.Add(observed);
            if (observed.Differences.Count > 0 || !wanted.IsOurs)
            {
                due.Add(wanted);
                NoteDrift(context, wanted, observed);
            }
        }

        if (due.Count == 0)
        {
            return Observations.Together(all);
        }

        await PutOnRecordAsync(context, due, cancellationToken);
        foreach (var wanted in due)
        {
            var result = await RegisterAsync(context, wanted, cancellationToken);
            if (!result.TryGet(out var observed, out var failure))
            {
                return failure;
            }

            all[Index(context, wanted.Target.Scope)] = observed;
        }

        TellRepair(context);
        return Observations.Together(all);
    }

    /// <summary>What the provider shows, without changing anything; for registrations that are made by hand.</summary>
    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var all = new List<ObservedWebhook>();
        foreach (var scope in context.Scopes)
        {
            var observation = await providers.Of(context.ProviderName).ObserveAsync(context.Account, context.TargetOf(scope), cancellationToken);
            if (!observation.TryGet(out var observed, out var failure))
            {
                return failure;
            }

            all.Add(observed);
        }

        return Observations.Together(all);
    }

    private WantedRegistration Wanted(MessengerIntegrationContext context, RegistrationScope scope)
    {
        var target = context.TargetOf(scope);
        var unreadable = Unreadable(context, target);
        var entry = context.EntryOf(scope);
        return new(target, entry is not null && SaltedHash.Matches(entry.Salt, entry.SettingsHash, unreadable) ? entry : null, unreadable);
    }

    // A token in the URL can be read back, but the ledger shows it masked; with it a rotation is no drift.
    private Secret Unreadable(MessengerIntegrationContext context, WebhookTarget target)
    {
        var unreadable = providers.Of(context.ProviderName).UnreadableSettings(context.Account, target);
        return context.PathCarriesToken ? new Secret($"{unreadable.Reveal()}\n{target.Token.Reveal()}") : unreadable;
    }

    private async Task<ProviderResult<ObservedWebhook>> RegisterAsync(MessengerIntegrationContext context, WantedRegistration wanted, CancellationToken cancellationToken)
    {
        var accounts = providers.Of(context.ProviderName);
        var registration = await accounts.RegisterAsync(context.Account, wanted.Target, cancellationToken);
        if (!registration.TryGet(out _, out var failure))
        {
            return failure;
        }

        var observation = await accounts.ObserveAsync(context.Account, wanted.Target, cancellationToken);
        if (observation.TryGet(out var confirmed, out _) && confirmed.Differences.Count == 0)
        {
            var entry = context.EntryOf(wanted.Target.Scope)!;
            context.Ledger = context.Ledger.Confirmed(entry with { State = RegistrationState.Active, Since = time.ToTheSecond() });
        }

        return observation;
    }

    /// <summary>
    /// The intents are on record before the provider hears of them: whatever cuts us off now, deletion knows what to remove. All at once, since an account may have a hundred numbers.
    /// </summary>
    private async Task PutOnRecordAsync(MessengerIntegrationContext context, List<WantedRegistration> due, CancellationToken cancellationToken)
    {
        var before = context.Ledger;
        foreach (var wanted in due.Where(wanted => wanted.Entry?.State != RegistrationState.Pending))
        {
            context.Ledger = context.Ledger.With(Intent(context, wanted));
        }

        if (context.Ledger != before)
        {
            await context.PersistStatusAsync(cancellationToken);
        }
    }

    private RegistrationStatus Intent(MessengerIntegrationContext context, WantedRegistration wanted)
    {
        var hash = SaltedHash.Of(wanted.Unreadable);
        return new()
        {
            Provider = context.Entity.Spec.Provider,
            AccountId = context.Identity.Id,
            Scope = wanted.Target.Scope.Name,
            Url = context.ShownWebhookUrl.AbsoluteUri,
            State = RegistrationState.Pending,
            Since = time.ToTheSecond(),
            SettingsHash = hash.Hash,
            Salt = hash.Salt,
            ApiBaseUrl = context.Provider.ApiBaseUrl(context.Settings, wanted.Target.Scope)?.AbsoluteUri.TrimEnd('/'),
            Credentials = [.. context.CredentialSelectors.Select(pair => new LedgerCredential { Field = pair.Key, Name = pair.Value.Name, Key = pair.Value.Key })],
        };
    }

    // Remembered, since the repair may need more than one try and after the first the ledger no longer says Active.
    private static void NoteDrift(MessengerIntegrationContext context, WantedRegistration wanted, ObservedWebhook observed)
    {
        if (wanted.IsOurs)
        {
            context.Memory.Drift[wanted.Target.Scope.Name ?? ""] = string.Join(", ", Observations.Named(wanted.Target.Scope, observed.Differences));
        }
    }

    private void TellRepair(MessengerIntegrationContext context)
    {
        var repaired = context.Scopes.Where(scope => context.EntryOf(scope)?.State == RegistrationState.Active && context.Memory.Drift.ContainsKey(scope.Name ?? "")).ToList();
        if (repaired.Count == 0)
        {
            return;
        }

        var settings = string.Join(", ", repaired.Select(scope => context.Memory.Drift[scope.Name ?? ""]));
        repaired.ForEach(scope => context.Memory.Drift.Remove(scope.Name ?? ""));
        LogRepaired(logger, settings);
        publish(context.Entity, MessengerIntegrationReasons.RegistrationDrifted, Messages.RegistrationRepaired(settings), EventType.Warning);
    }

    private static int Index(MessengerIntegrationContext context, RegistrationScope scope) =>
        context.Scopes.Select((other, index) => (other, index)).First(pair => pair.other.Name == scope.Name).index;

    [LoggerMessage(EventId = 3001, EventName = "RegistrationRepaired", Level = LogLevel.Warning, Message = "The registration at the provider had been changed ({Settings}) and was repaired")]
    private static partial void LogRepaired(ILogger logger, string settings);
}
