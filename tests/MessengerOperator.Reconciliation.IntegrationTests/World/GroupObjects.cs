using System.Text;
using k8s;
using k8s.Models;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Reconciliation.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The objects of the receiver of a group, as somebody with rights in the namespace sees them.</summary>
internal sealed class GroupObjects(Kubernetes client, string ns, string group)
{
    /// <summary>Their name.</summary>
    public string Name { get; } = ChildNames.Receiver(group);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<V1Deployment?> DeploymentAsync() => Own((await client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: Cancelled)).Items);

    public async Task<V1Service?> ServiceAsync() => Own((await client.CoreV1.ListNamespacedServiceAsync(ns, cancellationToken: Cancelled)).Items);

    public async Task<V1ConfigMap?> ConfigMapAsync() => Own((await client.CoreV1.ListNamespacedConfigMapAsync(ns, cancellationToken: Cancelled)).Items);

    public async Task<V1Secret?> SecretAsync() => Own((await client.CoreV1.ListNamespacedSecretAsync(ns, cancellationToken: Cancelled)).Items);

    /// <summary>A value of the Secret; null when it is not there.</summary>
    public async Task<string?> SecretAsync(string key) => (await SecretAsync())?.Data?.TryGetValue(key, out var value) == true ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The keys of the Secret.</summary>
    public async Task<IReadOnlyList<string>> SecretKeysAsync() => [.. ((await SecretAsync())?.Data?.Keys ?? []).Order(StringComparer.Ordinal)];

    /// <summary>The documents in the ConfigMap.</summary>
    public async Task<IReadOnlyList<string>> DocumentsAsync() => [.. ((await ConfigMapAsync())?.Data?.Keys ?? []).Order(StringComparer.Ordinal)];

    /// <summary>The owners of the objects, as far as they are there.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OwnersAsync()
    {
        IKubernetesObject<V1ObjectMeta>?[] all = [await ConfigMapAsync(), await SecretAsync(), await DeploymentAsync(), await ServiceAsync()];
        return all.OfType<IKubernetesObject<V1ObjectMeta>>().ToDictionary(
            item => item.GetType().Name, item => (IReadOnlyList<string>)[.. (item.Metadata.OwnerReferences ?? []).Select(owner => owner.Name).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What the receiver would serve: the route in a member's document.</summary>
    public async Task<ReceiverRoute?> RouteAsync(string member) => (await ConfigMapAsync())?.Data?.TryGetValue($"{member}.json", out var text) == true
        ? System.Text.Json.JsonSerializer.Deserialize(text, ReceiverJson.Default.ReceiverConfiguration)!.Routes.Single()
        : null;

    private T? Own<T>(IEnumerable<T> items)
        where T : class, IKubernetesObject<V1ObjectMeta> => items.FirstOrDefault(item => item.Metadata.Name == Name);
}
