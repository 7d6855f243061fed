using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>All that is served, as of one reading of the files. Immutable.</summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, WebhookEndpoint> _byPath;
    private readonly FrozenDictionary<string, WebhookEndpoint[]> _byTokenPath;

    /// <summary>Indexes endpoints, whose addresses differ.</summary>
    /// <param name="endpoints">What can be reached.</param>
    /// <param name="routes">Every integration, those that cannot be reached included.</param>
    public RouteTable(IReadOnlyCollection<WebhookEndpoint> endpoints, IEnumerable<ServedRoute> routes)
    {
        _byPath = endpoints.Where(endpoint => endpoint.Address.Token is null).ToFrozenDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);
        _byTokenPath = endpoints
            .Where(endpoint => endpoint.Address.Token is not null)
            .GroupBy(endpoint => endpoint.Address.Prefix, StringComparer.Ordinal)
            .ToFrozenDictionary(endpoints => endpoints.Key, endpoints => endpoints.ToArray(), StringComparer.Ordinal);
        Routes = [.. routes.OrderBy(route => route.Integration, StringComparer.Ordinal)];
    }

    /// <summary>Every integration, by name.</summary>
    public IReadOnlyList<ServedRoute> Routes { get; }

    /// <summary>The endpoint under exactly that path.</summary>
    public bool TryGet(string path, [NotNullWhen(true)] out WebhookEndpoint? endpoint) =>
        _byPath.TryGetValue(path, out endpoint) || (_byTokenPath.Count > 0 && TryGetByToken(path, out endpoint));

    // What comes before the token is no secret and is looked up; the token itself is compared in constant time with each that there is.
    private bool TryGetByToken(string path, [NotNullWhen(true)] out WebhookEndpoint? endpoint)
    {
        endpoint = null;
        var slash = path.LastIndexOf('/');
        if (slash <= 0
            || path.Length - slash - 1 > RouteAddress.MaxTokenLength
            || !_byTokenPath.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(0, slash), out var candidates))
        {
            return false;
        }

        Span<byte> token = stackalloc byte[RouteAddress.MaxTokenLength * 3];
        token = token[..Encoding.UTF8.GetBytes(path.AsSpan(slash + 1), token)];
        foreach (var candidate in candidates)
        {
            if (CryptographicOperations.FixedTimeEquals(token, candidate.Address.Token))
            {
                endpoint = candidate;
            }
        }

        return endpoint is not null;
    }
}
