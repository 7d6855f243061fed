using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.Runtime.Workqueue;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Feeds one controller: informers fill the queue, workers empty it, and a result decides when a key comes back.</summary>
internal sealed class ControllerRunner<TEntity> : IControllerRunner, IDisposable
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private const int ImmediateRetries = 5;

    private readonly IEntityController<TEntity> _controller;
    private readonly Informer<TEntity> _informer;
    private readonly IReadOnlyList<IWatchSource<TEntity>> _sources;
    private readonly Workqueue<NamespacedName> _queue;
    private readonly ResourceClient _client;
    private readonly WriteTracker _writes;
    private readonly OperatorOptions _options;
    private readonly ControllerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<NamespacedName, TEntity> _deleted = new();
    private readonly ConcurrentDictionary<NamespacedName, int> _conflicts = new();
    private readonly ConcurrentDictionary<NamespacedName, long> _running = new();

    public ControllerRunner(
        IEntityController<TEntity> controller, Informer<TEntity> informer, IEnumerable<IWatchSource<TEntity>> sources, ResourceClient client, WriteTracker writes,
        OperatorOptions options, ControllerMetrics metrics, WorkqueueMetrics queueMetrics, TimeProvider time, Func<double> random, ILogger logger)
    {
        Name = ResourceType.Of<TEntity>().Kind.ToLowerInvariant();
        _controller = controller;
        _informer = informer;
        _sources = [.. sources];
        _client = client;
        _writes = writes;
        _options = options;
        _metrics = metrics;
        _time = time;
        _random = random;
        _logger = logger;
        _queue = new Workqueue<NamespacedName>(Name, new KeyBackoff<NamespacedName>(options.MinBackoff, options.MaxBackoff, random), queueMetrics, time);
    }

    public string Name { get; }

    public TimeSpan LongestRunning => _running.IsEmpty ? TimeSpan.Zero : _time.GetElapsedTime(_running.Values.Min());

    /// <summary>For other parts that learn of something that concerns an object.</summary>
    public IWorkqueue<NamespacedName> Queue => _queue;

    public void Prepare()
    {
        _informer.Subscribe(OnChange);
        foreach (var source in _sources)
        {
            source.Subscribe(key => _queue.Add(key, _informer.HasSynced ? WorkPriority.High : WorkPriority.Low), _informer);
        }

        _metrics.Observe(Name, _options.MaxParallelReconciliations, () => _running.Count);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var workers = Enumerable.Range(0, _options.MaxParallelReconciliations).Select(_ => Task.Run(() => WorkAsync(cancellationToken), CancellationToken.None));
        await Task.WhenAll(workers);
    }

    public void StopIntake() => _queue.ShutDown();

    public void Dispose() => _queue.Dispose();

    private void OnChange(Delta<TEntity> change)
    {
        var key = NamespacedName.Of(change.Entity);
        if (change.Type == DeltaType.Deleted)
        {
            _deleted[key] = change.Entity;
        }
        else if (!EntityChange.IsWorthAPass(change))
        {
            return;
        }

        _queue.Add(key, change.IsInitial ? WorkPriority.Low : WorkPriority.High);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.GetAsync(cancellationToken) is (true, var key))
            {
                _running[key] = _time.GetTimestamp();
                try
                {
                    await WorkOnAsync(key, cancellationToken);
                }
                finally
                {
                    _running.TryRemove(key, out _);
                    _queue.Done(key);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Leadership is lost, or the drain period is over.
        }
    }

    private async Task WorkOnAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["namespace"] = key.Namespace, ["name"] = key.Name });
        var started = _time.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.ReconcileTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string result;
        try
        {
            result = await ReconcileAsync(key, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            result = Failed(key, timeout.IsCancellationRequested ? new TimeoutException($"The pass took longer than {_options.ReconcileTimeout}.", exception) : exception, requeueAfter: null);
        }

        _metrics.Reconciled(Name, result, _time.GetElapsedTime(started));
    }

    private async Task<string> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (_deleted.TryGetValue(key, out var gone))
        {
            await _controller.DeletedAsync(gone, cancellationToken);
            _deleted.TryRemove(new KeyValuePair<NamespacedName, TEntity>(key, gone));
            _writes.Forget(gone.Metadata.Uid);
        }

        if (await ReadAsync(key, cancellationToken) is not { } entity)
        {
            Succeeded(key);
            return ReconcileResults.Success;
        }

        var result = await _controller.ReconcileAsync(entity, cancellationToken);
        if (!result.IsSuccess)
        {
            return Failed(key, result.Error ?? new ReconciliationFailedException(result.ErrorMessage), result.RequeueAfter);
        }

        Succeeded(key);
        _queue.AddAfter(key, Jitter.Around(_options.ResyncPeriod, _random));
        if (result.RequeueAfter is { } after)
        {
            _queue.AddAfter(key, after);
            return ReconcileResults.RequeueAfter;
        }

        return ReconcileResults.Success;
    }

    /// <summary>A copy from the cache; from the API server when the cache has not yet seen a write of ours.</summary>
    private async Task<TEntity?> ReadAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (!_informer.TryGet(key, out var cached))
        {
            return null;
        }

        return _writes.IsStale(cached.Metadata)
            ? await _client.GetAsync<TEntity>(key.Namespace, key.Name, cancellationToken)
            : EntityCopy.DeepCopy(cached);
    }

    private void Succeeded(NamespacedName key)
    {
        _conflicts.TryRemove(key, out _);
        _queue.Forget(key);
    }

    private string Failed(NamespacedName key, Exception exception, TimeSpan? requeueAfter)
    {
        if (ApiError.IsConflict(exception) && _conflicts.AddOrUpdate(key, 1, static (_, count) => count + 1) <= ImmediateRetries)
        {
            ControllerLog.Conflict(_logger, Name, key);
            _queue.Add(key);
            return ReconcileResults.Requeue;
        }

        _conflicts.TryRemove(key, out _);
        ControllerLog.Failed(_logger, Name, key, _queue.Retries(key) + 1, exception);
        if (requeueAfter is { } after)
        {
            _queue.AddAfter(key, after);
        }
        else
        {
            _queue.AddRateLimited(key);
        }

        return ReconcileResults.Error;
    }
}
