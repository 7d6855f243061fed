using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Ingresses and HTTPRoutes of a namespace, as somebody with rights in it handles them.</summary>
internal sealed class RouteObjects(Kubernetes client, string ns)
{
    private const string Group = "gateway.networking.k8s.io";
    private const string Version = "v1";
    private const string Plural = "httproutes";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The Ingress of that name; null when there is none.</summary>
    public async Task<V1Ingress?> IngressAsync(string name) => (await IngressesAsync()).FirstOrDefault(ingress => ingress.Metadata.Name == name);

    /// <summary>All Ingresses, by name.</summary>
    public async Task<IReadOnlyList<V1Ingress>> IngressesAsync() =>
        [.. (await client.NetworkingV1.ListNamespacedIngressAsync(ns, cancellationToken: Cancelled)).Items.OrderBy(ingress => ingress.Metadata.Name, StringComparer.Ordinal)];

    public Task CreateIngressAsync(V1Ingress ingress) => client.NetworkingV1.CreateNamespacedIngressAsync(ingress, ns, cancellationToken: Cancelled);

    public Task EditIngressAsync(string name, string patch) =>
        client.NetworkingV1.PatchNamespacedIngressAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), name, ns, cancellationToken: Cancelled);

    public Task DeleteIngressAsync(string name) => client.NetworkingV1.DeleteNamespacedIngressAsync(name, ns, cancellationToken: Cancelled);

    /// <summary>The HTTPRoute of that name as JSON; null when there is none.</summary>
    public async Task<JsonNode?> HttpRouteAsync(string name)
    {
        try
        {
            return JsonNode.Parse(KubernetesJson.Serialize(await client.CustomObjects.GetNamespacedCustomObjectAsync(Group, Version, ns, Plural, name, Cancelled)));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task EditHttpRouteAsync(string name, string patch) =>
        client.CustomObjects.PatchNamespacedCustomObjectAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), Group, Version, ns, Plural, name, cancellationToken: Cancelled);
}
