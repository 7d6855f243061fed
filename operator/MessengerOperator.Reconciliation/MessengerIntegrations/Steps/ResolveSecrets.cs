using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Reads the credentials that the spec refers to, and makes the webhook token and the probe key when they are not there.</summary>
/// <remarks>
/// Owns SecretsResolved. Stalled: SecretNotFound, KeyMissing, MalformedCredential, ChildConflict; a change of the Secret
/// wakes the integration, since its metadata is watched.
/// </remarks>
internal sealed class ResolveSecrets(SecretReader secrets, WebhookSecretStore webhookSecrets) : IReconcileStep<MessengerIntegrationContext>
{
    public ConditionType Owns => new(MessengerIntegrationConditions.SecretsResolved);

    public async ValueTask<StepOutcome> RunAsync(MessengerIntegrationContext context, CancellationToken cancellationToken)
    {
        var credentials = new Dictionary<string, Secret>(StringComparer.Ordinal);
        context.CredentialSelectors = context.Provider.Credentials(context.Settings)
            .Select(field => (field.Field, Selector: SpecBlock.Selector(context.Settings, field.Field)))
            .Where(pair => pair.Selector is not null)
            .ToDictionary(pair => pair.Field, pair => pair.Selector!, StringComparer.Ordinal);
        foreach (var field in context.Provider.Credentials(context.Settings))
        {
            var problem = await ResolveAsync(context, field, credentials, cancellationToken);
            if (problem is not null)
            {
                return problem;
            }
        }

        var webhook = await webhookSecrets.EnsureAsync(context.Entity, cancellationToken);
        if (webhook is null)
        {
            return StepOutcome.Stalled(
                MessengerIntegrationReasons.ChildConflict, Messages.ForeignSecret(WebhookSecretStore.NameFor(context.Entity)));
        }

        context.Account = new ProviderAccount(context.Uid, context.Settings, credentials)
        {
            DisplayName = context.Entity.Spec.DisplayName,
            OtherSecrets = [webhook.Token, webhook.ProbeKey],
        };
        context.Webhook = webhook;
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Resolved, Messages.SecretsResolved);
    }

    private async Task<StepOutcome?> ResolveAsync(
        MessengerIntegrationContext context, CredentialField field, Dictionary<string, Secret> credentials, CancellationToken cancellationToken)
    {
        if (!context.CredentialSelectors.TryGetValue(field.Field, out var selector))
        {
            return field.Required ? StepOutcome.Stalled(MessengerIntegrationReasons.InvalidSpec, Messages.ReferenceMissing(field.Field)) : null;
        }

        switch (await secrets.LookUpAsync(context.Namespace, selector, cancellationToken))
        {
            case SecretLookup.NoSecret:
                return StepOutcome.Stalled(MessengerIntegrationReasons.SecretNotFound, Messages.SecretNotFound(field.Field, selector.Name, selector.Key));
            case SecretLookup.NoKey:
                return StepOutcome.Stalled(MessengerIntegrationReasons.KeyMissing, Messages.KeyMissing(field.Field, selector.Name, selector.Key));
            case SecretLookup.Found found when field.Problem(found.Value) is { } problem:
                return Malformed(field, selector, problem);
            case SecretLookup.Found found:
                credentials.Add(field.Field, found.Value);
                return null;
            default:
                return Malformed(field, selector, "it is not text");
        }
    }

    private static StepOutcome Malformed(CredentialField field, SecretKeySelector selector, string problem) => StepOutcome.Stalled(
        MessengerIntegrationReasons.MalformedCredential, Messages.MalformedCredential(field.Field, selector.Name, selector.Key, problem));
}
