using System.Collections.Concurrent;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Discovery;

/// <inheritdoc cref="IApiDiscovery"/>
internal sealed class ApiDiscovery(ResourceClient client, TimeProvider time, ILogger<ApiDiscovery> logger) : IApiDiscovery
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (HashSet<string> Kinds, long At)> _known = new();
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), bool> _said = new();

    public async ValueTask<bool> HasKindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(apiVersion, out var known) || (!known.Kinds.Contains(kind) && time.GetElapsedTime(known.At) > AskAgainAfter))
        {
            _known[apiVersion] = known = (await AskAsync(apiVersion, cancellationToken), time.GetTimestamp());
        }

        var served = known.Kinds.Contains(kind);
        if (!_said.TryGetValue((apiVersion, kind), out var said) || said != served)
        {
            _said[(apiVersion, kind)] = served;
            DiscoveryLog.Kind(logger, served ? "serves" : "does not serve", kind, apiVersion);
        }

        return served;
    }

    public async ValueTask<string?> PreferredVersionAsync(string kind, IReadOnlyList<string> apiVersions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(apiVersions);
        foreach (var apiVersion in apiVersions)
        {
            if (await HasKindAsync(apiVersion, kind, cancellationToken))
            {
                return apiVersion;
            }
        }

        return null;
    }

    private async Task<HashSet<string>> AskAsync(string apiVersion, CancellationToken cancellationToken)
    {
        try
        {
            var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"apis/{apiVersion}" : $"api/{apiVersion}";
            var resources = KubernetesJson.Deserialize<V1APIResourceList>(await client.SendAsync(HttpMethod.Get, path, content: null, cancellationToken));
            return [.. resources.Resources.Select(resource => resource.Kind)];
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }
}
