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

    /// <summary>A Telegram integration whose probe is off; <paramref name="change"/> is a JSON merge patch of its spec.</summary>
    public Task<MessengerIntegration> CreateAsync(string name, Bot bot, string? change = null, string secret = "acme-telegram") => CreateAsync(new JsonObject
    {
        ["apiVersion"] = $"{MessengerIntegration.KubeGroup}/{MessengerIntegration.KubeApiVersion}",
        ["kind"] = MessengerIntegration.KubeKind,
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = Merge(
            new JsonObject
            {
                ["provider"] = "Telegram",
                ["telegram"] = new JsonObject
                {
                    ["botUsername"] = bot.Username,
                    ["apiToken"] = new JsonObject { ["name"] = secret, ["key"] = "apiToken" },
                },
                ["webhook"] = new JsonObject { ["url"] = "https://hooks.acme.example", ["probe"] = "Disabled" },
            },
            change is null ? [] : JsonNode.Parse(change)!.AsObject()),
    });

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
