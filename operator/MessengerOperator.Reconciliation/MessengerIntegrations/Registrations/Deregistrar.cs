using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>Removes what the ledger says was registered. Needs the ledger and the Secret it names, nothing of the spec.</summary>
internal sealed class Deregistrar(
    ProviderRegistry registry, ProviderAccounts providers, SecretReader secrets, WebhookSecretStore webhookSecrets, ILister<MessengerIntegration> integrations)
{
    /// <summary>
    /// Removes one registration; one that is not there, or not ours any more, is a success, and so is one that other integrations share: the last of them removes it.
    /// </summary>
    public async Task<DeregistrationOutcome> RemoveAsync(MessengerIntegration integration, RegistrationStatus entry, CancellationToken cancellationToken)
    {
        if (!registry.TryGet(entry.Provider.ToString(), out var provider))
        {
            return new DeregistrationOutcome.Remains(Messages.ProviderNotSupported(entry.Provider.ToString()), Detail: null, After: null);
        }

        if (IsNeededByOthers(integration, entry))
        {
            return new DeregistrationOutcome.Gone(Messages.StaysForOthers(entry.Scope!));
        }

        var credentials = await CredentialsAsync(integration.Metadata.NamespaceProperty, entry, cancellationToken);
        if (credentials is null)
        {
            return new DeregistrationOutcome.Remains("The Secret with its credentials is gone.", Detail: null, After: null, IsSecretGone: true);
        }

        var account = new ProviderAccount(integration.Metadata.Uid, SettingsOf(entry), credentials);
        if (provider.Credentials(account.Settings).Any(field => credentials.TryGetValue(field.Field, out var value) && field.Problem(value) is not null))
        {
            return new DeregistrationOutcome.Remains("The credentials in its Secret are malformed.", Detail: null, After: null);
        }

        var accounts = providers.Of(provider.Name);
        if (accounts.AccountIdOf(account) is { } id && id != entry.AccountId)
        {
            return new DeregistrationOutcome.Remains("The Secret now holds the credentials of another account.", Detail: null, After: null);
        }

        var tokens = (await webhookSecrets.FindAsync(integration, cancellationToken))?.Tokens ?? [];
        if (MaskedUrl.Unmask(new Uri(entry.Url), tokens) is not { Count: > 0 } urls)
        {
            return new DeregistrationOutcome.Remains("The Secret with the token of its URL is gone.", Detail: null, After: null, IsSecretGone: true);
        }

        var webhook = new RegisteredWebhook(entry.AccountId, new RegistrationScope(entry.Scope), urls);
        return Outcome(await accounts.DeregisterAsync(account, webhook, cancellationToken), entry);
    }

    private static DeregistrationOutcome Outcome(ProviderResult<Deregistration> result, RegistrationStatus entry) => result.TryGet(out var how, out var failure)
        ? new DeregistrationOutcome.Gone(how == Deregistration.NotOurs ? Messages.NotOursAnyMore(entry.Url) : Messages.Deregistered(entry.Url))
        : new DeregistrationOutcome.Remains(
            ProviderOutcomes.Describe(failure).Message,
            failure.Detail,
            failure is ProviderFailure.Throttled throttled ? throttled.After : null,
            IsFinal: failure is ProviderFailure.Rejected { Retry: false });

    // A scope in somebody else's ledger is one that both use: no two accounts have the same number or application, but pages have the same app.
    private bool IsNeededByOthers(MessengerIntegration integration, RegistrationStatus entry) =>
        entry.Scope is { } scope
        && integrations.ByIndex(IntegrationIndexes.ByScope, ClaimKeys.Scope(entry.Provider.ToString(), scope))
            .Any(other => other.Metadata.Uid != integration.Metadata.Uid && other.Metadata.DeletionTimestamp is null);

    private async Task<Dictionary<string, Secret>?> CredentialsAsync(string ns, RegistrationStatus entry, CancellationToken cancellationToken)
    {
        var credentials = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var credential in entry.Credentials ?? [])
        {
            var selector = new SecretKeySelector { Name = credential.Name, Key = credential.Key };
            if (await secrets.LookUpAsync(ns, selector, cancellationToken) is not SecretLookup.Found found)
            {
                return null;
            }

            credentials.Add(credential.Field, found.Value);
        }

        return credentials;
    }

    private static ProviderSettings SettingsOf(RegistrationStatus entry)
    {
        var settings = new JsonObject();
        if (entry.ApiBaseUrl is not null)
        {
            settings["apiBaseUrl"] = entry.ApiBaseUrl;
        }

        using var document = JsonDocument.Parse(settings.ToJsonString());
        return new ProviderSettings(document.RootElement.Clone());
    }
}
