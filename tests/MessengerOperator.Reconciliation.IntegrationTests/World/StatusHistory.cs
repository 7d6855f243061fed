using System.Collections.Concurrent;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Every version that the integrations of a namespace had, and which of them broke a rule.</summary>
internal sealed class StatusHistory : IAsyncDisposable
{
    private readonly ConcurrentQueue<MessengerIntegration> _versions = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public StatusHistory(GenericClient client, string ns) => _watching = WatchAsync(client, ns);

    /// <summary>Broken rules with the version that broke them.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>The versions of an integration, oldest first.</summary>
    public IReadOnlyList<MessengerIntegration> Of(string name) => [.. _versions.Where(version => version.Metadata.Name == name)];

    /// <summary>Status and reason that a condition had one after the other, repetitions left out.</summary>
    public IReadOnlyList<string> Of(string name, string condition)
    {
        var path = new List<string>();
        foreach (var found in Of(name).Select(version => version.Condition(condition)).OfType<k8s.Models.V1Condition>())
        {
            if (path.LastOrDefault() is not { } last || last != $"{found.Status} {found.Reason}")
            {
                path.Add($"{found.Status} {found.Reason}");
            }
        }

        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(GenericClient client, string ns)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var (_, version) in client.WatchNamespacedAsync<MessengerIntegration>(ns, cancel: _stop.Token))
                {
                    _versions.Enqueue(version);
                    foreach (var violation in StatusRules.Violations(version))
                    {
                        _violations.Enqueue($"{violation}: {KubernetesJson.Serialize(version.Status)}");
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException or KubernetesException)
            {
                // The test is over, or the connection broke; then it begins anew.
            }
        }
    }
}
