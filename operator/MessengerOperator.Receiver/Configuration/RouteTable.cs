using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>All that is served, as of one reading of the files. Immutable.</summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, WebhookEndpoint> _byPath;

    /// <summary>Indexes <paramref name="endpoints"/>, whose paths differ.</summary>
    public RouteTable(IEnumerable<WebhookEndpoint> endpoints)
    {
        _byPath = endpoints.ToFrozenDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);
        Routes = [.. _byPath.Values.SelectMany(endpoint => endpoint.Routes).OrderBy(route => route.Integration, StringComparer.Ordinal)];
    }

    /// <summary>Every integration, by name.</summary>
    public IReadOnlyList<ServedRoute> Routes { get; }

    /// <summary>The endpoint under exactly that path.</summary>
    public bool TryGet(string path, [NotNullWhen(true)] out WebhookEndpoint? endpoint) => _byPath.TryGetValue(path, out endpoint);
}
