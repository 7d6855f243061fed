using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Steps;

/// <summary>Reads the credentials that the spec refers to, and makes the webhook token and the probe key when they are not there.</summary>
/// <remarks>
/// Owns SecretsResolved. Stalled: SecretNotFound, KeyMissing, MalformedCredential, ChildConflict; a change of the Secret
/// wakes the integration, since its metadata is watched. The annotation <c>rotate-webhook-token</c> asks for a new webhook token.
/// </remarks>
internal sealed class ResolveSecrets(
    SecretReader secrets, WebhookSecretStore webhookSecrets, IntegrationMemories memories, EventPublisher publish, IOptions<IntegrationOptions> options)
    : IReconcileStep<MessengerIntegrationContext>
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

        var webhook = await webhookSecrets.EnsureAsync(context.Entity, Rotation(context), cancellationToken);
        if (webhook is null)
        {
            return StepOutcome.Stalled(
                MessengerIntegrationReasons.ChildConflict, Messages.ForeignSecret(WebhookSecretStore.NameFor(context.Entity)));
        }

        Tell(context, webhook);
        context.Webhook = GivenToken(context) is { } given
            ? webhook with { Token = credentials[given], FormerToken = null, TokenRef = context.CredentialSelectors[given] }
            : webhook;
        context.Account = new ProviderAccount(context.Uid, context.Settings, credentials)
        {
            DisplayName = context.Entity.Spec.DisplayName,
            OtherSecrets = [.. context.Webhook.Tokens, webhook.ProbeKey],
        };
        return StepOutcome.DoneWith(MessengerIntegrationReasons.Resolved, Messages.SecretsResolved);
    }

    /// <summary>The credential that is the webhook token, where the spec gives one: the one that the provider's check of the URL is answered with. Null when the token is generated.</summary>
    private static string? GivenToken(MessengerIntegrationContext context) => context.Provider.VerificationKeys(context.Settings)
        .FirstOrDefault(key => key is { HandshakeOnly: true, CredentialField: not null })?.CredentialField is { } field && context.CredentialSelectors.ContainsKey(field)
            ? field
            : null;

    private TokenRotation Rotation(MessengerIntegrationContext context)
    {
        var requested = context.Entity.Metadata.Annotations?.TryGetValue(MessengerIntegrationAnnotations.RotateWebhookToken, out var value) == true
            && value != context.Entity.Status?.LastHandledRotation
                ? value
                : null;
        var isGenerated = context.PathCarriesToken || context.Provider.VerificationKeys(context.Settings).Any(key => key.CredentialField is null);
        if (requested is not null && !isGenerated)
        {
            publish(context.Entity, MessengerIntegrationReasons.RotationNotPossible, Messages.RotationNotPossible, EventType.Warning);
            context.Update(status => status with { LastHandledRotation = requested });
        }

        return new TokenRotation(
            isGenerated ? requested : null,
            RotationOverlap.Of(context.Entity, options.Value),
            token => context.Memory.ConfirmedAs == memories.Confirmation(context, token));
    }

    private void Tell(MessengerIntegrationContext context, WebhookSecret webhook)
    {
        var byHand = context.Entity.Spec.Webhook.Registration == RegistrationMode.Manual;
        switch (webhook.Change)
        {
            case TokenChange.Rotated:
                publish(context.Entity, MessengerIntegrationReasons.RotationStarted, byHand ? Messages.RotationStartedByHand(webhook.Name) : Messages.RotationStarted);
                break;
            case TokenChange.FormerDropped:
                publish(context.Entity, MessengerIntegrationReasons.RotationCompleted, Messages.RotationCompleted);
                break;
        }
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
