using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Runtime.IntegrationTests.Widgets;

namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>What a user does with widgets.</summary>
internal sealed class WidgetClient(Kubernetes kubernetes, string inNamespace)
{
    private GenericClient Client => new(kubernetes, "runtime.test", "v1", "widgets", disposeClient: false);

    public Task<Widget> CreateAsync(string name, string text = "hello", bool? suspend = null) => Client.CreateNamespacedAsync(
        new Widget { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = inNamespace }, Spec = new WidgetSpec { Text = text, Suspend = suspend } }, inNamespace);

    public Task<Widget> GetAsync(string name) => Client.ReadNamespacedAsync<Widget>(inNamespace, name);

    public Task<Widget> PatchAsync(string name, JsonObject patch) =>
        Client.PatchNamespacedAsync<Widget>(new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), inNamespace, name);

    public Task SetTextAsync(string name, string text) => PatchAsync(name, new JsonObject { ["spec"] = new JsonObject { ["text"] = text } });

    public Task DeleteAsync(string name) => Client.DeleteNamespacedAsync<Widget>(inNamespace, name);

    public async Task<bool> ExistsAsync(string name)
    {
        var all = await Client.ListNamespacedAsync<KubernetesList>(inNamespace);
        return all.Items.Any(widget => widget.Metadata.Name == name);
    }

    internal sealed class KubernetesList : IKubernetesObject<V1ListMeta>
    {
        public string ApiVersion { get; set; } = string.Empty;

        public string Kind { get; set; } = string.Empty;

        public V1ListMeta Metadata { get; set; } = new();

        public IList<Widget> Items { get; set; } = [];
    }
}
