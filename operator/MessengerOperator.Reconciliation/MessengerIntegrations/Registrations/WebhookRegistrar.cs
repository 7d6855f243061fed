using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>Observe, compare, write: brings one registration to what is wanted and proves it by reading it back.</summary>
internal sealed partial class WebhookRegistrar(ProviderAccounts providers, EventPublisher publish, TimeProvider time, ILogger<WebhookRegistrar> logger)
{
    /// <summary>The registration as the provider shows it in the end.</summary>
    public async Task<ProviderResult<ObservedWebhook>> EnsureAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var accounts = providers.Of(context.ProviderName);
        var observation = await accounts.ObserveAsync(context.Account, context.Target, cancellationToken);
        if (!observation.TryGet(out var observed, out var failure))
        {
            return failure;
        }

        var unreadable = accounts.UnreadableSettings(context.Account, context.Target);
        var entry = context.Ledger.Find(context.Identity.Id, context.WebhookUrl);

        // Pending means that a former pass was cut off: what the provider will not read back may be the old or the new, so it is written again.
        var isOurs = entry is { State: RegistrationState.Active } && SaltedHash.Matches(entry.Salt, entry.SettingsHash, unreadable);
        if (observed.Differences.Count == 0 && isOurs)
        {
            return observed;
        }

        if (isOurs)
        {
            // Remembered, since the repair may need more than one try and after the first the ledger no longer says Active.
            context.Memory.Drift = string.Join(", ", observed.Differences);
        }

        // The intent is on record before the provider hears of it: whatever cuts us off now, deletion knows what to remove.
        var isOnRecord = entry is { State: RegistrationState.Pending } && SaltedHash.Matches(entry.Salt, entry.SettingsHash, unreadable);
        var intent = isOnRecord ? entry! : Intent(context, SaltedHash.Of(unreadable));
        if (!isOnRecord)
        {
            context.Ledger = context.Ledger.With(intent);
            await context.PersistStatusAsync(cancellationToken);
        }

        var registration = await accounts.RegisterAsync(context.Account, context.Target, cancellationToken);
        if (!registration.TryGet(out _, out failure))
        {
            return failure;
        }

        observation = await accounts.ObserveAsync(context.Account, context.Target, cancellationToken);
        if (observation.TryGet(out var confirmed, out _) && confirmed.Differences.Count == 0)
        {
            context.Ledger = context.Ledger.Confirmed(intent with { State = RegistrationState.Active, Since = time.ToTheSecond() });
            if (context.Memory.Drift is { } settings)
            {
                context.Memory.Drift = null;
                LogRepaired(logger, settings);
                publish(context.Entity, MessengerIntegrationReasons.RegistrationDrifted, Messages.RegistrationRepaired(settings), EventType.Warning);
            }
        }

        return observation;
    }

    private RegistrationStatus Intent(MessengerIntegrationContext context, SaltedHash hash) => new()
    {
        Provider = context.Entity.Spec.Provider,
        AccountId = context.Identity.Id,
        Url = context.WebhookUrl.AbsoluteUri,
        State = RegistrationState.Pending,
        Since = time.ToTheSecond(),
        SettingsHash = hash.Hash,
        Salt = hash.Salt,
        ApiBaseUrl = context.Settings.Text("apiBaseUrl"),
        Credentials = [.. context.CredentialSelectors.Select(pair => new LedgerCredential { Field = pair.Key, Name = pair.Value.Name, Key = pair.Value.Key })],
    };

    [LoggerMessage(EventId = 3001, EventName = "RegistrationRepaired", Level = LogLevel.Warning, Message = "The registration at the provider had been changed ({Settings}) and was repaired")]
    private static partial void LogRepaired(ILogger logger, string settings);
}
