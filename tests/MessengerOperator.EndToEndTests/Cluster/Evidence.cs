namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>Everything that somebody without the right to read Secrets may get to see.</summary>
internal static class Evidence
{
    private static readonly string[] Objects =
    [
        "messengerintegrations", "configmaps", "deployments", "replicasets", "pods", "services", "networkpolicies", "endpoints", "leases", "events", "events.events.k8s.io",
    ];

    /// <summary>Place and text: objects of every namespace, logs of every pod of ours, metrics.</summary>
    public static async Task<IReadOnlyList<(string Place, string Text)>> CollectAsync(Kubectl kubectl)
    {
        var found = new List<(string, string)>();
        foreach (var kind in Objects)
        {
            found.Add((kind, await kubectl.RunAsync("get", kind, "--all-namespaces", "--output", "json")));
        }

        foreach (var scope in new[] { DemoCluster.Namespace, "messenger-system" })
        {
            foreach (var pod in await kubectl.ListAsync("pods", scope))
            {
                // The inbox shows what it was sent, which must not hold secrets either.
                var name = pod["metadata"]!["name"]!.GetValue<string>();
                var log = await kubectl.TryAsync("--namespace", scope, "logs", name);
                found.Add(($"the log of {name}", log.Output));
            }
        }

        found.Add(("the operator's metrics", await kubectl.RunAsync("get", "--raw", "/api/v1/namespaces/messenger-system/services/messenger-operator-metrics:8080/proxy/metrics")));
        return found;
    }
}
