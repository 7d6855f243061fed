using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Follows the configuration document and the files it names, by content.</summary>
/// <remarks>
/// Kubernetes replaces mounted files by swapping a symbolic link above them, which file watchers miss or report in part; reading a
/// few small files every other second costs nothing and cannot be wrong. A document that is not valid leaves the last one in use.
/// </remarks>
internal sealed class ConfigurationWatcher(
    ReceiverOptions options,
    ProviderRegistry providers,
    RouteTableBuilder builder,
    ServedRoutes routes,
    ReceiverMetrics metrics,
    TimeProvider time,
    ILogger<ConfigurationWatcher> logger) : BackgroundService
{
    private byte[]? _seen;
    private ReceiverConfiguration? _document;
    private Dictionary<string, byte[]?> _files = [];

    /// <summary>Reads the document for the first time; the problems if it cannot be used.</summary>
    public IReadOnlyList<string> LoadFirst()
    {
        Reload();
        return _document is not null ? [] : routes.State.Rejected?.Problems ?? ["cannot be read"];
    }

    /// <summary>Looks once.</summary>
    public void Reload()
    {
        var newDocument = ReadDocument();
        if (_document is null)
        {
            return;
        }

        var files = RouteTableBuilder.Files(_document).ToDictionary(path => path, ReadRelative, StringComparer.Ordinal);
        if (!newDocument && SameContent(files, _files))
        {
            return;
        }

        _files = files;
        var table = builder.Build(_document, files);
        routes.Use(table, time.GetUtcNow());
        metrics.ConfigurationReloaded(accepted: true);
        ReceiverLog.ConfigurationLoaded(logger, table.Routes.Count, table.Routes.Count(route => route.IsReady));
        foreach (var route in table.Routes.Where(route => route.Problems.Count > 0))
        {
            ReceiverLog.RouteIncomplete(logger, route.Integration, string.Join("; ", route.Problems));
        }
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

    /// <summary>Reads a file whose path, if it is relative, begins beside the document.</summary>
    private byte[]? ReadRelative(string path) =>
        MountedFile.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.ConfigPath))!, path));

    /// <summary>Whether there is a new valid document.</summary>
    private bool ReadDocument()
    {
        if (MountedFile.Read(options.ConfigPath) is not { } content)
        {
            // A moment without the file is part of some ways to replace it; nothing was decided yet.
            return false;
        }

        if (_seen is not null && content.AsSpan().SequenceEqual(_seen))
        {
            return false;
        }

        _seen = content;
        var (document, problems) = ConfigurationDocument.Parse(content, providers);
        if (document is null)
        {
            metrics.ConfigurationReloaded(accepted: false);
            routes.Reject(new(time.GetUtcNow(), problems));
            if (_document is not null)
            {
                ReceiverLog.ConfigurationRejected(logger, string.Join("; ", problems));
            }

            return false;
        }

        _document = document;
        routes.Reject(null);
        return true;
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
