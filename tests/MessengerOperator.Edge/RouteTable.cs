using System.Text.Json;

namespace MessengerOperator.Edge;

/// <summary>The routes in force; replacing them takes effect with the next request.</summary>
public sealed class RouteTable
{
    private volatile EdgeRoute[] _longestFirst = [];

    /// <summary>The routes, longest path first.</summary>
    public IReadOnlyList<EdgeRoute> Routes => _longestFirst;

    /// <summary>Puts these routes in the place of all others.</summary>
    /// <exception cref="FormatException">A path does not begin with a slash, or an upstream is no http or https address.</exception>
    public void Replace(IEnumerable<EdgeRoute> routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        EdgeRoute[] sorted = [.. routes.Select(Checked).OrderByDescending(route => route.Path.Length)];
        _longestFirst = sorted;
    }

    /// <summary>Adds a route, or gives its path another upstream.</summary>
    public void Set(string path, string upstream) => Replace([.. _longestFirst.Where(route => route.Path != path), new EdgeRoute(path, upstream)]);

    /// <summary>Reads routes from JSON: an array of objects with <c>path</c> and <c>upstream</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public void Load(string json)
    {
        try
        {
            Replace(JsonSerializer.Deserialize(json, EdgeJson.Default.IReadOnlyListEdgeRoute) ?? []);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The routes are no JSON array of path and upstream: {wrong.Message}");
        }
    }

    /// <summary>The upstream for a path; null when no route matches.</summary>
    public string? Find(string path) => _longestFirst.FirstOrDefault(route => Matches(route.Path, path))?.Upstream;

    private static bool Matches(string route, string path) =>
        path.StartsWith(route, StringComparison.Ordinal) && (path.Length == route.Length || route.EndsWith('/') || path[route.Length] == '/');

    private static EdgeRoute Checked(EdgeRoute route) =>
        route.Path?.StartsWith('/') == true
        && Uri.TryCreate(route.Upstream, UriKind.Absolute, out var upstream)
        && (upstream.Scheme == Uri.UriSchemeHttp || upstream.Scheme == Uri.UriSchemeHttps)
            ? route
            : throw new FormatException($"Not a route: path '{route.Path}', upstream '{route.Upstream}'.");
}
