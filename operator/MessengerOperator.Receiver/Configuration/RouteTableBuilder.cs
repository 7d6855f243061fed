using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Makes a <see cref="RouteTable"/> of routes and the files that they name.</summary>
internal sealed class RouteTableBuilder(ProviderRegistry providers, SinkPool pool, SinkKinds sinks, RouteStatisticsRegistry statistics)
{
    /// <summary>Every file that a route names.</summary>
    public IEnumerable<string> Files(ReceiverRoute route) => route.Keys.Values.SelectMany(files => files)
        .Concat(route.PathTokenFiles ?? [])
        .Concat(new[] { route.ProbeKeyFile }.OfType<string>())
        .Concat(sinks.Files(route.Sink))
        .Concat(route.DeadLetterSink is { } deadLetterSink ? sinks.Files(deadLetterSink) : []);

    /// <summary>The table. What a route lacks, and an address that an earlier route has, makes that route not ready and is among its problems; the others are served.</summary>
    /// <param name="routes">Valid routes; each integration once.</param>
    /// <param name="files">Content by path; null for what could not be read.</param>
    public RouteTable Build(IReadOnlyList<ReceiverRoute> routes, IReadOnlyDictionary<string, byte[]?> files)
    {
        pool.BeginGeneration();
        var served = new List<ServedRoute>(routes.Count);
        var places = new RoutePlaces();
        foreach (var route in routes)
        {
            var problems = new List<string>();
            var addresses = places.Claim(route, RoutePlaces.AddressesOf(route, files, problems), problems);
            served.Add(Serve(route, files, problems));
            places.Occupy(addresses, route, served[^1]);
        }

        var table = new RouteTable([.. places.All.Select(place => new WebhookEndpoint(ProviderOf(place.Provider), place.Address, place.Routes))], served);
        pool.EndGeneration();
        statistics.KeepOnly(served.Select(route => route.Integration));
        return table;
    }

    private IProvider ProviderOf(string name) =>
        providers.TryGet(name, out var provider) ? provider : throw new InvalidOperationException($"Unknown provider '{name}'.");

    private ServedRoute Serve(ReceiverRoute route, IReadOnlyDictionary<string, byte[]?> files, List<string> problems)
    {
        var settings = new ProviderSettings(route.Settings ?? default);
        var needed = ProviderOf(route.Provider).VerificationKeys(settings);
        var keys = ReadKeys(route, needed, files, problems);
        var sink = sinks.Open(route.Sink, files, "sink", problems);
        var ready = problems.Count == 0;

        // What follows is a loss, but requests can be verified and delivered without.
        CheckKeys(route, keys, needed.Where(key => key.HandshakeOnly), problems);
        var probeKey = route.ProbeKeyFile is { } file ? Required(file, "probe key", files, problems) : null;
        var deadLetterSink = route.DeadLetterSink is { } described ? sinks.Open(described, files, "dead letters' sink", problems) : null;
        return new()
        {
            Integration = route.Integration,
            Source = ServedRoute.SourceOf(route.Integration),
            Provider = route.Provider,
            ProviderName = route.Provider.ToLowerInvariant(),
            Account = new(route.AccountId, route.AccountName),
            Settings = settings,
            Keys = keys,
            RequestKeys = keys.Without([.. needed.Where(key => key.HandshakeOnly).Select(key => key.Name)]),
            ProbeKey = probeKey is null ? null : System.Text.Encoding.UTF8.GetBytes(probeKey),
            Sink = sink,
            DeadLetterSink = deadLetterSink,
            KeepsOrder = route.Ordering != ConfigurationDocument.OrderingNone,
            IsReady = ready,
            Problems = problems,
            Statistics = statistics.Of(route.Integration),
        };
    }

    private static WebhookKeys ReadKeys(
        ReceiverRoute route, IReadOnlyList<VerificationKey> needed, IReadOnlyDictionary<string, byte[]?> files, List<string> problems)
    {
        var keys = new WebhookKeys(route.Keys.Select(key => KeyValuePair.Create<string, IReadOnlyList<Secret>>(
            key.Key, [.. key.Value.Select(path => files[path]).OfType<byte[]>().Select(MountedFile.Value).Where(value => value.Length > 0).Select(value => new Secret(value))])));
        CheckKeys(route, keys, needed.Where(key => !key.HandshakeOnly), problems);
        return keys;
    }

    private static void CheckKeys(ReceiverRoute route, WebhookKeys keys, IEnumerable<VerificationKey> needed, List<string> problems)
    {
        foreach (var key in needed.Where(key => keys.Of(key.Name).Length == 0))
        {
            problems.Add(route.Keys.TryGetValue(key.Name, out var paths) && paths.Count > 0
                ? $"key {key.Name}: no value in {string.Join(" nor in ", paths)}"
                : $"key {key.Name}: no file is configured");
        }
    }

    private static string? Required(string file, string what, IReadOnlyDictionary<string, byte[]?> files, List<string> problems)
    {
        if (files[file] is { } content && MountedFile.Value(content) is { Length: > 0 } value)
        {
            return value;
        }

        problems.Add($"{what}: no value in {file}");
        return null;
    }
}
