using k8s;
using k8s.Models;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The objects of the receiver of the integration "acme", as somebody with rights in the namespace handles them.</summary>
internal sealed class ReceiverObjects(Kubernetes client, string ns)
{
    /// <summary>Their name.</summary>
    public const string Name = "acme-receiver";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<V1Deployment?> DeploymentAsync() => Own((await client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: Cancelled)).Items);

    public async Task<V1Service?> ServiceAsync() => Own((await client.CoreV1.ListNamespacedServiceAsync(ns, cancellationToken: Cancelled)).Items);

    public async Task<V1ConfigMap?> ConfigMapAsync() => Own((await client.CoreV1.ListNamespacedConfigMapAsync(ns, cancellationToken: Cancelled)).Items);

    /// <summary>The document that the receiver reads.</summary>
    public async Task<string> ConfigurationAsync() => (await ConfigMapAsync())?.Data["acme.json"] ?? "";

    public Task EditDeploymentAsync(string patch) => client.AppsV1.PatchNamespacedDeploymentAsync(Patch(patch), Name, ns, cancellationToken: Cancelled);

    public Task EditServiceAsync(string patch) => client.CoreV1.PatchNamespacedServiceAsync(Patch(patch), Name, ns, cancellationToken: Cancelled);

    public Task EditConfigMapAsync(string patch) => client.CoreV1.PatchNamespacedConfigMapAsync(Patch(patch), Name, ns, cancellationToken: Cancelled);

    public Task DeleteDeploymentAsync() => client.AppsV1.DeleteNamespacedDeploymentAsync(Name, ns, cancellationToken: Cancelled);

    // Not by the client's own method, which cannot read the Status that this server answers with.
    public async Task DeleteServiceAsync() =>
        (await client.HttpClient.DeleteAsync(new Uri(client.BaseUri, $"api/v1/namespaces/{ns}/services/{Name}"), Cancelled)).EnsureSuccessStatusCode();

    private static V1Patch Patch(string patch) => new(patch, V1Patch.PatchType.StrategicMergePatch);

    private static T? Own<T>(IEnumerable<T> items)
        where T : class, IKubernetesObject<V1ObjectMeta> => items.FirstOrDefault(item => item.Metadata.Name == Name);
}
