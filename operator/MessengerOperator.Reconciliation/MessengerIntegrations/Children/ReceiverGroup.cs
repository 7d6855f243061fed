using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>One receiver: the integrations of a namespace that share it, and the name and labels that its objects have.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">Name of ConfigMap, Secret, Deployment, Service and the rest.</param>
/// <param name="Instance">Value of the instance label; at most 63 characters.</param>
internal sealed record ReceiverGroup(string Namespace, string Name, string Instance)
{
    /// <summary>Key of its objects.</summary>
    public NamespacedName Key => new(Namespace, Name);

    /// <summary>Value under which its members are found; see <see cref="IntegrationIndexes.ByReceiver"/>.</summary>
    public string IndexValue => IndexValueOf(Namespace, Instance);

    /// <summary>Labels of every object.</summary>
    public Dictionary<string, string> Labels => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = ReceiverLabels.AppName,
        [ReceiverLabels.Instance] = Instance,
        ["app.kubernetes.io/component"] = "receiver",
        ["app.kubernetes.io/managed-by"] = ReceiverLabels.ManagedBy,
    };

    /// <summary>Labels that select the pods; they can never change.</summary>
    public Dictionary<string, string> Selector => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = ReceiverLabels.AppName,
        [ReceiverLabels.Instance] = Instance,
    };

    /// <summary>The group that an integration is to be in.</summary>
    public static ReceiverGroup Of(MessengerIntegration integration)
    {
        var name = ReceiverGroups.NameOf(integration);
        return new(integration.Metadata.NamespaceProperty, ChildNames.Receiver(name), ChildNames.LabelValue(name));
    }

    /// <summary>The group that an object belongs to; null when it bears no instance label.</summary>
    public static ReceiverGroup? Of(IKubernetesObject<V1ObjectMeta> child) => child.Metadata.Labels?.TryGetValue(ReceiverLabels.Instance, out var instance) == true
        ? new(child.Metadata.NamespaceProperty, child.Metadata.Name, instance)
        : null;

    /// <summary>See <see cref="IndexValue"/>.</summary>
    public static string IndexValueOf(string ns, string instance) => $"{ns}/{instance}";

    /// <summary>Metadata of an object of this receiver.</summary>
    public V1ObjectMeta Metadata() => new() { Name = Name, NamespaceProperty = Namespace, Labels = Labels };
}
