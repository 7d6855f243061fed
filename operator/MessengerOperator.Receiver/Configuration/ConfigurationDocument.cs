using System.Text.Json;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Reads the configuration document and says everything that is wrong with it.</summary>
internal static class ConfigurationDocument
{
    /// <summary>The default of <see cref="ReceiverRoute.Ordering"/>.</summary>
    public const string OrderingConversation = "Conversation";

    /// <summary>The other value of <see cref="ReceiverRoute.Ordering"/>.</summary>
    public const string OrderingNone = "None";

    private const int KnownVersion = 1;

    /// <summary>The document, or the problems; never both.</summary>
    public static (ReceiverConfiguration? Document, IReadOnlyList<string> Problems) Parse(byte[] content, ProviderRegistry providers, SinkKinds sinks)
    {
        ReceiverConfiguration? document;
        try
        {
            document = JsonSerializer.Deserialize(content, ReceiverJson.Default.ReceiverConfiguration);
        }
        catch (JsonException exception)
        {
            return (null, [$"not a receiver configuration: {exception.Message}"]);
        }

        if (document?.Routes is null)
        {
            return (null, ["not a receiver configuration: 'routes' is missing"]);
        }

        var problems = new List<string>();
        if (document.Version != KnownVersion)
        {
            problems.Add($"version {document.Version} is not known to this receiver; it knows {KnownVersion}");
        }

        for (var i = 0; i < document.Routes.Count; i++)
        {
            CheckRoute(document.Routes[i], $"routes[{i}]", providers, sinks, problems);
        }

        if (problems.Count == 0)
        {
            CheckTogether(document.Routes, problems);
        }

        return problems.Count == 0 ? (document, []) : (null, problems);
    }

    private static void CheckRoute(ReceiverRoute? route, string where, ProviderRegistry providers, SinkKinds sinks, List<string> problems)
    {
        if (route is not { Integration: not null, Provider: not null, Path: not null, Keys: not null, Sink: not null })
        {
            problems.Add($"{where}: integration, provider, path, keys and sink are needed");
            return;
        }

        if (route.Integration.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            problems.Add($"{where}.integration: must be namespace/name");
        }

        if (!providers.TryGet(route.Provider, out _))
        {
            problems.Add($"{where}.provider: '{route.Provider}' is not one of {string.Join(", ", providers.Names.Order(StringComparer.Ordinal))}");
        }

        if (!route.Path.StartsWith('/') || route.Path.AsSpan().ContainsAny("?#"))
        {
            problems.Add($"{where}.path: must start with a slash and have no query");
        }

        if (route.PathTokenFiles is { } tokens && (tokens.Count == 0 || tokens.Any(string.IsNullOrEmpty)))
        {
            problems.Add($"{where}.pathTokenFiles: a list of files is needed");
        }

        if (route.Keys.Any(key => key.Value is null || key.Value.Any(string.IsNullOrEmpty)))
        {
            problems.Add($"{where}.keys: every name needs a list of files");
        }

        if (route.Ordering is not (null or OrderingConversation or OrderingNone))
        {
            problems.Add($"{where}.ordering: must be {OrderingConversation} or {OrderingNone}");
        }

        problems.AddRange(sinks.Check(route.Sink, $"{where}.sink"));
        if (route.DeadLetterSink is { } deadLetterSink)
        {
            problems.AddRange(sinks.Check(deadLetterSink, $"{where}.deadLetterSink"));
        }
    }

    private static void CheckTogether(IReadOnlyList<ReceiverRoute> routes, List<string> problems)
    {
        foreach (var integration in routes.GroupBy(route => route.Integration, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            problems.Add($"integration {integration.Key} is there {integration.Count()} times");
        }

        // Paths that end in a token are told apart by it, and the tokens are not here.
        foreach (var shared in routes.Where(route => route.PathTokenFiles is null).GroupBy(route => route.Path, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            var integrations = string.Join(", ", shared.Select(route => route.Integration));
            if (shared.Select(route => route.Provider).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                problems.Add($"{integrations} share a path but not the provider");
            }
            else if (shared.Any(route => route.AccountId is null) || shared.DistinctBy(route => route.AccountId, StringComparer.Ordinal).Count() < shared.Count())
            {
                problems.Add($"{integrations} share a path, so each needs an accountId of its own");
            }
        }
    }
}
