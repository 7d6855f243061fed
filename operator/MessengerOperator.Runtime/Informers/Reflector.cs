using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Informers;

/// <summary>
/// Keeps one scope of a store like the API server: list, watch from there, go on after a quiet end, list again after a 410 and remove what is gone.
/// Never gives up; pauses grow with consecutive failures.
/// </summary>
internal sealed class Reflector<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan StallSlack = TimeSpan.FromSeconds(30);

    private readonly ListWatchClient<T> _client;
    private readonly ObjectStore<T> _store;
    private readonly InformerOptions<T> _options;
    private readonly TimeSpan _watchTimeout;
    private readonly string _kind;
    private readonly string _scope;
    private readonly Action<Delta<T>> _publish;
    private readonly Action _onSynced;
    private readonly InformerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _logger;
    private readonly ReconnectBackoff _backoff;
    private long _lastContact;

    public Reflector(
        ListWatchClient<T> client, ObjectStore<T> store, InformerOptions<T> options, TimeSpan watchTimeout, string kind, string scope, Action<Delta<T>> publish,
        Action onSynced, InformerMetrics metrics, TimeProvider time, Func<double> random, ILogger logger)
    {
        _client = client;
        _store = store;
        _options = options;
        _watchTimeout = watchTimeout;
        _kind = kind;
        _scope = scope;
        _publish = publish;
        _onSynced = onSynced;
        _metrics = metrics;
        _time = time;
        _random = random;
        _logger = logger;
        _backoff = new ReconnectBackoff(random);
        _lastContact = time.GetTimestamp();
    }

    public bool HasSynced { get; private set; }

    public TimeSpan SinceContact => _time.GetElapsedTime(Volatile.Read(ref _lastContact));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? version = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = TimeSpan.Zero;
            try
            {
                version ??= await ListAsync(cancellationToken);
                (version, pause) = await WatchAsync(version!, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound && _options.IsOptional)
            {
                pause = Missing();
            }
            catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.Gone)
            {
                InformerLog.Expired(_logger, _kind, _scope);
                version = null;
                pause = _backoff.Next();
            }
            catch (Exception exception) when (exception is WatchFailedException or JsonException or InvalidDataException)
            {
                // The server spoke of an error of its own, or what it said made no sense: start from a fresh list.
                InformerLog.Disconnected(_logger, _kind, _scope, exception.Message);
                version = null;
                pause = _backoff.Next();
            }
            catch (Exception exception)
            {
                InformerLog.Disconnected(_logger, _kind, _scope, exception.Message);
                pause = Longer(_backoff.Next(), ApiError.RetryAfter(exception));
            }

            await PauseAsync(pause, cancellationToken);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        _metrics.Listed(_kind);
        var isInitial = !HasSynced;
        HashSet<NamespacedName> seen = [];
        string? continueToken = null;
        string version;
        do
        {
            var page = await _client.ListAsync(continueToken, cancellationToken);
            Contact();
            foreach (var item in page.Items)
            {
                seen.Add(NamespacedName.Of(item));
                Upsert(item, isInitial);
            }

            seen.UnionWith(page.Unreadable);
            version = page.ResourceVersion;
            continueToken = page.Continue;
        }
        while (continueToken is not null);

        // Only a complete list proves that something is gone.
        RemoveAllBut(seen);
        Synced();
        return version;
    }

    private async Task<(string? Version, TimeSpan Pause)> WatchAsync(string from, CancellationToken cancellationToken)
    {
        _metrics.Watched(_kind);
        var opened = _time.GetTimestamp();
        var version = from;
        var timeout = Jitter.Around(_watchTimeout, _random);
        var stall = timeout + StallSlack;
        using var stalled = new CancellationTokenSource(stall, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        void OnContact()
        {
            Contact();
            stalled.CancelAfter(stall);
        }

        try
        {
            await foreach (var change in _client.WatchAsync(version, timeout, OnContact, either.Token))
            {
                if (change.Error is { } error)
                {
                    return error.Code == (int)HttpStatusCode.Gone ? Expire() : throw new WatchFailedException(error.Message ?? error.Reason ?? "unknown");
                }

                Apply(change);
                version = change.ResourceVersion ?? version;
                _backoff.Reset();
            }
        }
        catch (OperationCanceledException) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            InformerLog.Stalled(_logger, _kind, _scope, stall);
            _metrics.Stalled(_kind);
        }
        catch (Exception exception) when (version != from && exception is IOException or HttpRequestException)
        {
            // What was received so far counts: go on behind it.
            InformerLog.Disconnected(_logger, _kind, _scope, exception.Message);
            return (version, _backoff.Next());
        }

        // A watch that ends at once, again and again, must not become a hot loop.
        return (version, _time.GetElapsedTime(opened) < TimeSpan.FromSeconds(1) ? _backoff.Next() : TimeSpan.Zero);
    }

    private void Apply(WatchEvent<T> change)
    {
        if (change.Type == "DELETED")
        {
            Publish(_store.Remove(change.Key, change.Entity));
        }
        else if (change.Entity is { } entity)
        {
            Upsert(entity, isInitial: false);
        }
    }

    private (string? Version, TimeSpan Pause) Expire()
    {
        InformerLog.Expired(_logger, _kind, _scope);
        return (null, _backoff.Next());
    }

    private TimeSpan Missing()
    {
        Contact();
        RemoveAllBut([]);
        Synced();

        // As often as a quiet watch is opened anew: a server that lacks a kind is heard of as often as any other, so readiness holds.
        return Jitter.Around(_watchTimeout, _random);
    }

    private void Upsert(T entity, bool isInitial)
    {
        entity.Metadata.ManagedFields = null;
        if (_store.TryGet(NamespacedName.Of(entity), out var before) && before.Metadata.Uid != entity.Metadata.Uid)
        {
            // Deleted and made anew while we did not look: two objects, two changes.
            Publish(_store.Remove(NamespacedName.Of(entity)));
        }

        Publish(_store.Upsert(Transform(entity), isInitial));
    }

    private T Transform(T entity)
    {
        try
        {
            return _options.Transform is { } transform ? transform(entity) : entity;
        }
        catch (Exception exception)
        {
            // One object that the transform cannot digest must not stop the watch of all the others: it is cached in full.
            InformerLog.HandlerFailed(_logger, _kind, NamespacedName.Of(entity), exception);
            return entity;
        }
    }

    private void RemoveAllBut(HashSet<NamespacedName> seen)
    {
        foreach (var key in _store.Keys(_scope).Where(key => !seen.Contains(key)))
        {
            Publish(_store.Remove(key));
        }
    }

    private void Publish(Delta<T>? delta)
    {
        if (delta is { } change)
        {
            _publish(change);
        }
    }

    private void Synced()
    {
        if (!HasSynced)
        {
            HasSynced = true;
            _onSynced();
        }
    }

    private void Contact() => Volatile.Write(ref _lastContact, _time.GetTimestamp());

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it too.
        }
    }
}
