using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.TestKit;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The integrations of one namespace, as their owner handles them.</summary>
internal sealed class Integrations(IKubernetes client, string ns) : IDisposable
{
    private int _requests;

    /// <summary>The client of the kind.</summary>
    public GenericClient Client { get; } = new(client, MessengerIntegration.KubeGroup, MessengerIntegration.KubeApiVersion, MessengerIntegration.KubePlural, disposeClient: false);

    /// <summary>The example's integration for that account, with its probe off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">The account.</param>
    /// <param name="change">A JSON merge patch of the spec.</param>
    /// <param name="secret">The Secret that it takes its credentials from, in place of the example's.</param>
    public async Task<MessengerIntegration> CreateAsync(string name, Tenant tenant, string? change = null, string? secret = null)
    {
        var integration = await ExampleFiles.IntegrationAsync(tenant.Folder, tenant.IntegrationFile);
        integration["metadata"]!["name"] = name;
        var spec = Merge(integration["spec"]!.AsObject(), tenant.Spec);
        if (secret is not null)
        {
            var example = (await ExampleFiles.SecretAsync(tenant.Folder, tenant.SecretFile)).Metadata.Name;
            Rename(spec, example, secret);
        }

        Merge(spec, new JsonObject { ["webhook"] = new JsonObject { ["url"] = "https://hooks.acme.example", ["probe"] = "Disabled" } });
        Merge(spec, change is null ? [] : JsonNode.Parse(change)!.AsObject());
        return await CreateAsync(integration);
    }

    /// <summary>Creates an object as it stands.</summary>
    public Task<MessengerIntegration> CreateAsync(JsonObject entity) =>
        Client.CreateNamespacedAsync(KubernetesJson.Deserialize<MessengerIntegration>(entity.ToJsonString()), ns, TestContext.Current.CancellationToken);

    /// <summary>The integration now.</summary>
    public Task<MessengerIntegration> GetAsync(string name) => Client.ReadNamespacedAsync<MessengerIntegration>(ns, name, TestContext.Current.CancellationToken);

    /// <summary>Whether it is gone.</summary>
    public async Task<bool> IsGoneAsync(string name)
    {
        try
        {
            await GetAsync(name);
            return false;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return true;
        }
    }

    /// <summary>Merges a patch into the spec.</summary>
    public Task ChangeAsync(string name, string spec) => PatchAsync(name, new JsonObject { ["spec"] = JsonNode.Parse(spec) });

    /// <summary>Sets an annotation.</summary>
    public Task AnnotateAsync(string name, string key, string value) =>
        PatchAsync(name, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = value } } });

    /// <summary>Asks for tests at once; returns the value that is echoed when they are done.</summary>
    public async Task<string> RequestAsync(string name)
    {
        var value = $"request-{Interlocked.Increment(ref _requests)}";
        await AnnotateAsync(name, MessengerIntegrationAnnotations.RequestedAt, value);
        return value;
    }

    /// <summary>Begins its deletion.</summary>
    public Task DeleteAsync(string name) => Client.DeleteNamespacedAsync<V1Status>(ns, name, TestContext.Current.CancellationToken);

    /// <summary>Waits until it is as described.</summary>
    public Task<MessengerIntegration> BecomesAsync(string name, Func<MessengerIntegration, bool> condition, TimeSpan? within = null) =>
        Eventually.Gets(() => GetAsync(name), condition, within);

    /// <summary>Waits until it is gone.</summary>
    public Task GoesAsync(string name, TimeSpan? within = null) => Eventually.Holds(() => IsGoneAsync(name), within);

    public void Dispose() => Client.Dispose();

    private Task<MessengerIntegration> PatchAsync(string name, JsonObject patch) => Client.PatchNamespacedAsync<MessengerIntegration>(
        new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), ns, name, TestContext.Current.CancellationToken);

    /// <summary>Lets every reference to a Secret name another.</summary>
    private static void Rename(JsonObject within, string secret, string to)
    {
        foreach (var inner in within.Select(member => member.Value).OfType<JsonObject>())
        {
            Rename(inner, secret, to);
            if (inner.ContainsKey("key") && (string?)inner["name"] == secret)
            {
                inner["name"] = to;
            }
        }
    }

    private static JsonObject Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                into.Remove(key);
            }
            else if (value is JsonObject inner && into[key] is JsonObject known)
            {
                Merge(known, inner);
            }
            else
            {
                into[key] = value.DeepClone();
            }
        }

        return into;
    }
}
