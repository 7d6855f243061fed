using System.Text.Json.Nodes;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>kubectl on one cluster: these tests look at the cluster the way its users do.</summary>
internal sealed class Kubectl(string kubeconfig, string program)
{
    /// <summary>Path of the cluster's kubeconfig.</summary>
    public string Kubeconfig => kubeconfig;

    /// <summary>Runs kubectl; gives what it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string> RunAsync(params string[] arguments) =>
        (await TryAsync(arguments)).Required($"kubectl {string.Join(' ', arguments)}");

    /// <summary>Runs kubectl, failure allowed.</summary>
    public Task<CommandResult> TryAsync(params string[] arguments) => Command.RunAsync(
        program, ["--kubeconfig", Kubeconfig, .. arguments], cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Runs kubectl in the integration's namespace.</summary>
    public Task<string> InNamespaceAsync(params string[] arguments) => RunAsync(["--namespace", DemoCluster.Namespace, .. arguments]);

    /// <summary>An object of the integration's namespace; null when there is none.</summary>
    public async Task<JsonNode?> FindAsync(string kind, string name)
    {
        var text = await InNamespaceAsync("get", kind, name, "--output", "json", "--ignore-not-found");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>An object of the integration's namespace.</summary>
    public async Task<JsonNode> GetAsync(string kind, string name) => await FindAsync(kind, name) ?? throw new InvalidOperationException($"there is no {kind} {name}");

    /// <summary>All objects of some kinds in a namespace, or everywhere.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string kinds, string? inNamespace = DemoCluster.Namespace, string selector = "")
    {
        string[] scope = inNamespace is null ? ["--all-namespaces"] : ["--namespace", inNamespace];
        var list = JsonNode.Parse(await RunAsync(["get", kinds, .. scope, "--selector", selector, "--output", "json"]))!;
        return [.. list["items"]!.AsArray().Select(item => item!)];
    }

    /// <summary>The value of a key of a Secret.</summary>
    public async Task<string> SecretAsync(string name, string key) =>
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((await GetAsync("secret", name))["data"]![key]!.GetValue<string>()));

    /// <summary>Status of a condition of an integration; null when it has none of this type.</summary>
    public async Task<string?> ConditionAsync(string type, string integration = DemoCluster.Integration) => (await FindAsync("messengerintegration", integration))?["status"]?["conditions"]?.AsArray()
        .FirstOrDefault(condition => condition!["type"]!.GetValue<string>() == type)?["status"]?.GetValue<string>();
}
