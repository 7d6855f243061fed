using System.Security.Cryptography;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Makes a <see cref="RouteTable"/> of a document and the files that it names.</summary>
internal sealed class RouteTableBuilder(ProviderRegistry providers, SinkPool sinks, RouteStatisticsRegistry statistics)
{
    /// <summary>Every file that the document names.</summary>
    public static IEnumerable<string> Files(ReceiverConfiguration document) => document.Routes.SelectMany(Files).Distinct(StringComparer.Ordinal);

    /// <summary>The table. What a route lacks makes that route not ready and is among its problems; the others are served.</summary>
    /// <param name="document">A valid document.</param>
    /// <param name="files">Content by path; null for what could not be read.</param>
    public RouteTable Build(ReceiverConfiguration document, IReadOnlyDictionary<string, byte[]?> files)
    {
        var generation = sinks.BeginGeneration();
        var endpoints = document.Routes
            .GroupBy(route => route.Path, StringComparer.Ordinal)
            .Select(shared => new WebhookEndpoint(ProviderOf(shared.First()), shared.Key, [.. shared.Select(route => Serve(route, files, generation))]));
        var table = new RouteTable(endpoints);
        sinks.EndGeneration(generation);
        statistics.KeepOnly(table.Routes.Select(route => route.Integration));
        return table;
    }

    private static IEnumerable<string> Files(ReceiverRoute route)
    {
        var http = route.Sink.Http!;
        return route.Keys.Values.SelectMany(files => files)
            .Concat(http.HeaderFiles.Values)
            .Concat(new[] { route.ProbeKeyFile, http.BearerTokenFile, http.CaBundleFile }.OfType<string>());
    }

    private IProvider ProviderOf(ReceiverRoute route) =>
        providers.TryGet(route.Provider, out var provider) ? provider : throw new InvalidOperationException($"Unknown provider '{route.Provider}'.");

    private ServedRoute Serve(ReceiverRoute route, IReadOnlyDictionary<string, byte[]?> files, int generation)
    {
        var problems = new List<string>();
        var settings = new ProviderSettings(route.Settings ?? default);
        var keys = ReadKeys(route, ProviderOf(route).VerificationKeys(settings), files, problems);
        var sink = OpenSink(route.Sink.Http!, files, generation, problems);
        var ready = problems.Count == 0;
        var probeKey = route.ProbeKeyFile is { } file ? Required(file, "probe key", files, problems) : null;
        return new()
        {
            Integration = route.Integration,
            Source = ServedRoute.SourceOf(route.Integration),
            Provider = route.Provider,
            ProviderName = route.Provider.ToLowerInvariant(),
            Account = new(route.AccountId, route.AccountName),
            Settings = settings,
            Keys = keys,
            ProbeKey = probeKey is null ? null : System.Text.Encoding.UTF8.GetBytes(probeKey),
            Sink = sink,
            IsReady = ready,
            Problems = problems,
            Statistics = statistics.Of(route.Integration),
        };
    }

    private static WebhookKeys ReadKeys(
        ReceiverRoute route, IReadOnlyList<VerificationKey> needed, IReadOnlyDictionary<string, byte[]?> files, List<string> problems)
    {
        var keys = new Dictionary<string, IReadOnlyList<Secret>>(StringComparer.Ordinal);
        foreach (var (name, paths) in route.Keys)
        {
            keys[name] = [.. paths.Select(path => files[path]).OfType<byte[]>().Select(MountedFile.Value).Where(value => value.Length > 0).Select(value => new Secret(value))];
        }

        foreach (var key in needed.Where(key => !keys.TryGetValue(key.Name, out var values) || values.Count == 0))
        {
            problems.Add(route.Keys.TryGetValue(key.Name, out var paths) && paths.Count > 0
                ? $"key {key.Name}: no value in {string.Join(" nor in ", paths)}"
                : $"key {key.Name}: no file is configured");
        }

        return new(keys);
    }

    private HttpEventSink? OpenSink(ReceiverHttpSink http, IReadOnlyDictionary<string, byte[]?> files, int generation, List<string> problems)
    {
        var before = problems.Count;
        var headers = http.Headers.ToList();
        foreach (var (name, file) in http.HeaderFiles)
        {
            if (Required(file, $"sink header {name}", files, problems) is { } value)
            {
                headers.Add(new(name, value));
            }
        }

        if (http.BearerTokenFile is { } tokenFile && Required(tokenFile, "sink bearer token", files, problems) is { } token)
        {
            headers.Add(new("Authorization", $"Bearer {token}"));
        }

        if (headers.Any(header => header.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            problems.Add("sink headers: a value has characters that a header cannot carry");
        }

        var bundle = http.CaBundleFile is { } bundleFile ? files[bundleFile] : null;
        if (http.CaBundleFile is not null && bundle is null)
        {
            problems.Add($"sink CA bundle: no value in {http.CaBundleFile}");
        }

        try
        {
            return problems.Count == before ? sinks.Open(generation, http.Url, headers, bundle, http.DenyPrivateAddresses) : null;
        }
        catch (CryptographicException)
        {
            problems.Add($"sink CA bundle: no PEM certificates in {http.CaBundleFile}");
            return null;
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
