using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Follows the configuration's documents and the files they name, by content.</summary>
/// <remarks>
/// Kubernetes replaces mounted files by swapping a symbolic link above them, which file watchers miss or report in part; looking at that link, and
/// without one reading a few small files, every other second costs nothing and cannot be wrong. A document that is not valid leaves its last good version in use, and the others alone.
/// </remarks>
internal sealed class ConfigurationWatcher(
    ReceiverOptions options,
    ProviderRegistry providers,
    SinkKinds sinks,
    RouteTableBuilder builder,
    ServedRoutes routes,
    ReceiverMetrics metrics,
    TimeProvider time,
    ILogger<ConfigurationWatcher> logger) : BackgroundService
{
    // A file that is replaced by deleting it first is away for a moment; its integration must not be.
    private const int LooksBeforeGone = 2;

    // A mount that changes in the middle of the first look is no reason to give up.
    private const int FirstLooks = 3;

    private readonly ConfigurationFiles _disk = new(options.ConfigPath);
    private readonly SortedDictionary<string, FollowedDocument> _documents = new(StringComparer.Ordinal);
    private List<ReceiverRoute> _routes = [];
    private Dictionary<string, byte[]?> _files = [];
    private bool _changed;
    private bool _loaded;

    /// <summary>Reads the documents for the first time; the problems if there is nothing to start with. In a directory a broken document does not keep the others from being served.</summary>
    public IReadOnlyList<string> LoadFirst()
    {
        for (var look = 0; look < FirstLooks && !_loaded; look++)
        {
            Reload();
        }

        return _loaded ? [] : routes.State.Rejected?.Problems ?? ["cannot be read"];
    }

    /// <summary>Looks once.</summary>
    public void Reload()
    {
        if (!_changed && _disk.AreCurrent && _documents.Values.All(document => document.Missed == 0))
        {
            return;
        }

        if (_disk.ReadDocuments() is { } documents && Follow(documents))
        {
            (_routes, _changed) = (Merge(), true);
        }

        if (!_disk.IsDirectory && _documents.Values.All(document => document.Good is null))
        {
            return;
        }

        // Torn by a change in the middle: the next look will do.
        if (_disk.ReadNamed(_routes.SelectMany(builder.Files).Distinct(StringComparer.Ordinal)) is not { } files || (_loaded && !_changed && SameContent(files, _files)))
        {
            return;
        }

        Use(builder.Build(_routes, files));
        (_files, _changed, _loaded) = (files, false, true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ReloadInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Reload();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever it is, what is in use keeps being served, and the next look may go better.
                metrics.ConfigurationReloaded(accepted: false);
                ReceiverLog.ReloadFailed(logger, exception);
            }
        }
    }

    /// <summary>Whether the documents differ from the last look.</summary>
    private bool Follow(SortedDictionary<string, byte[]?> documents)
    {
        var changed = false;
        foreach (var (name, content) in documents)
        {
            if (!_documents.TryGetValue(name, out var document))
            {
                _documents[name] = document = new(name);
            }

            document.Missed = 0;

            // A moment without the file is part of some ways to replace it; nothing was decided yet.
            if (content is not null && document.Take(content, providers, sinks, time.GetUtcNow()))
            {
                changed = true;
                ReportRejected(document);
            }
        }

        foreach (var gone in _documents.Values.Where(document => !documents.ContainsKey(document.Name) && ++document.Missed >= LooksBeforeGone).ToList())
        {
            changed |= _documents.Remove(gone.Name);
        }

        return changed;
    }

    /// <summary>Every route in the order of the documents; an integration that an earlier document has is not taken again. Shows what was turned down.</summary>
    private List<ReceiverRoute> Merge()
    {
        var merged = new List<ReceiverRoute>();
        var documentOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = _documents.Values.SelectMany(document => document.Problems(named: _disk.IsDirectory)).ToList();
        var turnedDown = _documents.Values.Count(document => document.Rejected is not null);
        foreach (var (document, route) in _documents.Values.SelectMany(document => (document.Good?.Routes ?? []).Select(route => (document, route))))
        {
            if (documentOf.TryAdd(route.Integration, document.Name))
            {
                merged.Add(route);
                continue;
            }

            turnedDown++;
            problems.Add($"{document.Name}: integration {route.Integration} is already in {documentOf[route.Integration]}");
            ReceiverLog.IntegrationRepeated(logger, route.Integration, document.Name, documentOf[route.Integration]);
        }

        routes.Reject(turnedDown == 0 ? null : new(_documents.Values.Max(document => document.Rejected?.At) ?? time.GetUtcNow(), problems, turnedDown));
        return merged;
    }

    private void ReportRejected(FollowedDocument document)
    {
        if (document.Rejected is null)
        {
            return;
        }

        metrics.ConfigurationReloaded(accepted: false);
        if (_loaded || _disk.IsDirectory)
        {
            // Otherwise the process ends with them on standard error.
            ReceiverLog.ConfigurationRejected(logger, string.Join("; ", document.Problems(named: _disk.IsDirectory)));
        }
    }

    private void Use(RouteTable table)
    {
        routes.Use(table, time.GetUtcNow());
        metrics.ConfigurationReloaded(accepted: true);
        ReceiverLog.ConfigurationLoaded(logger, table.Routes.Count, table.Routes.Count(route => route.IsReady));
        foreach (var route in table.Routes.Where(route => route.Problems.Count > 0))
        {
            ReceiverLog.RouteIncomplete(logger, route.Integration, string.Join("; ", route.Problems));
        }
    }

    private static bool SameContent(Dictionary<string, byte[]?> left, Dictionary<string, byte[]?> right) =>
        left.Count == right.Count
        && left.All(file => right.TryGetValue(file.Key, out var other) && (file.Value, other) switch
        {
            (null, null) => true,
            ({ } one, { } two) => one.AsSpan().SequenceEqual(two),
            _ => false,
        });
}
