using System.Text.Json;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>Which Secrets concern an integration: the reverse index that wakes it when one of them changes.</summary>
internal static class SecretReferences
{
    /// <summary>Names of the Secrets, all in the integration's namespace: credentials, sink, the generated one, the receiver's, and those that the ledger needs.</summary>
    public static IReadOnlySet<string> Of(MessengerIntegration integration)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { WebhookSecretStore.NameFor(integration), ReceiverGroup.Of(integration).Name };

        // Whatever has a name and a key in the provider's block is a SecretKeySelector; no provider needs to be known for it.
        var block = SpecBlock.Of(integration.Spec).Block;
        if (block.ValueKind == JsonValueKind.Object)
        {
            names.UnionWith(block.EnumerateObject().Select(field => SpecBlock.Selector(new(block), field.Name)?.Name).OfType<string>());
        }

        names.UnionWith(SinkSelectors.SecretNames(integration.Spec.Sink).Concat(SinkSelectors.SecretNames(integration.Spec.Delivery.DeadLetter)));
        names.UnionWith((integration.Status?.Registrations ?? []).SelectMany(entry => entry.Credentials ?? []).Select(credential => credential.Name));
        return names;
    }
}
