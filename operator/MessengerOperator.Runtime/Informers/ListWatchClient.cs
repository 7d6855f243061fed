using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Informers;

/// <summary>Lists and watches one kind in one scope. Reads the stream itself: the client library's watcher ends without telling why.</summary>
internal sealed class ListWatchClient<T>(ResourceClient client, ResourceType type, string scope, string? labelSelector, int pageSize, bool metadataOnly, ILogger logger)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    // A server that cannot do it answers in full; the content is dropped on reading.
    private const string MetadataAccept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private const string MetadataListAccept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    public async Task<ListPage<T>> ListAsync(string? continueToken, CancellationToken cancellationToken)
    {
        var json = await client.SendAsync(HttpMethod.Get, Url($"limit={pageSize}", continueToken is null ? null : $"continue={Uri.EscapeDataString(continueToken)}"),
            content: null, cancellationToken, metadataOnly ? MetadataListAccept : null);
        using var document = JsonDocument.Parse(json);
        var metadata = document.RootElement.GetProperty("metadata");
        List<T> items = [];
        List<NamespacedName> unreadable = [];
        if (document.RootElement.TryGetProperty("items", out var elements) && elements.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in elements.EnumerateArray())
            {
                if (TryRead(element) is { } entity)
                {
                    items.Add(entity);
                }
                else
                {
                    unreadable.Add(KeyOf(element));
                }
            }
        }

        var next = metadata.TryGetProperty("continue", out var token) ? token.GetString() : null;
        return new ListPage<T>(items, unreadable, metadata.GetProperty("resourceVersion").GetString()!, string.IsNullOrEmpty(next) ? null : next);
    }

    /// <summary>Watches from <paramref name="resourceVersion"/> until the stream ends. A cut-off last line is dropped: it is sent again.</summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        string resourceVersion, TimeSpan timeout, Action onContact, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var url = Url("watch=true", "allowWatchBookmarks=true", $"resourceVersion={Uri.EscapeDataString(resourceVersion)}",
            string.Create(CultureInfo.InvariantCulture, $"timeoutSeconds={(int)timeout.TotalSeconds}"));
        using var response = await client.OpenAsync(HttpMethod.Get, url, content: null, metadataOnly ? MetadataAccept : null, cancellationToken);
        onContact();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var lines = new LineReader(stream);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            onContact();
            if (line.Length > 0)
            {
                yield return Parse(line);
            }
        }
    }

    private string Url(params IEnumerable<string?> parameters)
    {
        var url = new StringBuilder(type.Path(scope)).Append('?').AppendJoin('&', parameters.OfType<string>());
        return labelSelector is null ? url.ToString() : url.Append("&labelSelector=").Append(Uri.EscapeDataString(labelSelector)).ToString();
    }

    private WatchEvent<T> Parse(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var eventType = document.RootElement.GetProperty("type").GetString()!;
        var element = document.RootElement.GetProperty("object");
        if (eventType == "ERROR")
        {
            return new(eventType, default, null, null, KubernetesJson.Deserialize<V1Status>(element));
        }

        var version = element.GetProperty("metadata").GetProperty("resourceVersion").GetString();
        return eventType == "BOOKMARK" ? new(eventType, default, version, null, null) : new(eventType, KeyOf(element), version, TryRead(element), null);
    }

    /// <summary>One object that cannot be read (a newer version of our own kind, say) must not blind us for all the others.</summary>
    private T? TryRead(JsonElement element)
    {
        try
        {
            var entity = KubernetesJson.Deserialize<T>(element);

            // Items of a list carry neither.
            entity.ApiVersion ??= type.ApiVersion;
            entity.Kind ??= type.Kind;
            return entity;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            InformerLog.Unreadable(logger, type.Kind, KeyOf(element), exception.GetType().Name);
            return null;
        }
    }

    private static NamespacedName KeyOf(JsonElement element)
    {
        var metadata = element.GetProperty("metadata");
        return new(metadata.TryGetProperty("namespace", out var name) ? name.GetString() ?? string.Empty : string.Empty, metadata.GetProperty("name").GetString()!);
    }
}
