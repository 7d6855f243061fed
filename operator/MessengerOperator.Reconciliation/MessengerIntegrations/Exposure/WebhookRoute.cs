using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>What an integration wants to be routed to its receiver, and how.</summary>
/// <param name="Integration">The integration whose settings the route has.</param>
/// <param name="Host">The URL's host.</param>
/// <param name="Path">The URL's path.</param>
/// <param name="IsPrefix">
/// Whether the path goes on with a token. More people may read an Ingress than a Secret, so the token is not in it: all that is below the path is routed, and the receiver refuses what has another token.
/// </param>
internal sealed record WebhookRoute(MessengerIntegration Integration, string Host, string Path, bool IsPrefix)
{
    /// <summary>Ingress or HTTPRoute.</summary>
    public ExposureType Type => Integration.Spec.Exposure.Type;

    /// <summary>Key of the object.</summary>
    public NamespacedName Key => KeyOf(Integration);

    /// <summary>The path's type, as an Ingress names it.</summary>
    public string IngressPathType => IsPrefix ? "Prefix" : "Exact";

    /// <summary>The path's type, as an HTTPRoute names it.</summary>
    public string HttpPathType => IsPrefix ? "PathPrefix" : "Exact";

    /// <summary>Value under which the objects are found that lead the same URL to the same receiver; see <see cref="RouteIndexes.ByUrl"/>.</summary>
    public string IndexValue => RouteIndexes.ValueOf(ReceiverGroup.Of(Integration), Host, Path, Type == ExposureType.Ingress ? IngressPathType : HttpPathType);

    /// <summary>Name of the Service that it leads to.</summary>
    public string Service => ReceiverGroup.Of(Integration).Name;

    /// <summary>Key of an integration's Ingress or HTTPRoute.</summary>
    public static NamespacedName KeyOf(MessengerIntegration integration) => new(integration.Metadata.NamespaceProperty, ChildNames.Route(integration.Metadata.Name));

    /// <summary>Whether the other one is for the same URL, so that one object does for both.</summary>
    public bool IsFor(WebhookRoute other) => (Type, Host, Path, IsPrefix) == (other.Type, other.Host, other.Path, other.IsPrefix);

    /// <summary>Metadata of the object.</summary>
    public V1ObjectMeta Metadata(IReadOnlyDictionary<string, string>? annotations = null) => new()
    {
        Name = Key.Name,
        NamespaceProperty = Key.Namespace,
        Labels = ReceiverGroup.Of(Integration).Labels,
        Annotations = annotations?.ToDictionary(StringComparer.Ordinal),
    };
}
