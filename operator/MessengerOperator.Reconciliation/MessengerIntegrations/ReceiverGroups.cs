using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Which integrations share a receiver.</summary>
internal static class ReceiverGroups
{
    /// <summary>Name of an integration's group: <c>spec.receiver.group</c>, or its own name.</summary>
    public static string NameOf(MessengerIntegration integration) => integration.Spec.Receiver?.Group ?? integration.Metadata.Name;

    /// <summary>An integration's group; two of one namespace and name are the same.</summary>
    public static NamespacedName Of(MessengerIntegration integration) => new(integration.Metadata.NamespaceProperty, NameOf(integration));

    /// <summary>Path of a webhook that the whole group shares.</summary>
    public static string DefaultPath(MessengerIntegration integration) => $"/{integration.Metadata.NamespaceProperty}/{NameOf(integration)}";
}
