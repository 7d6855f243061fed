using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Informers;

/// <summary>
/// A cache of one kind that a list fills and a watch keeps up to date, shared by all who read the kind. Several namespaces have a reflector each.
/// </summary>
internal sealed class Informer<T> : IInformer, ILister<T>, IDisposable
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly ObjectStore<T> _store;
    private readonly IReadOnlyList<Reflector<T>> _reflectors;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InformerMetrics _metrics;
    private readonly ILogger _logger;
    private readonly IDisposable _registration;
    private Action<Delta<T>>? _handlers;

    public Informer(
        ResourceClient client, ResourceType type, InformerOptions<T> options, OperatorOptions operatorOptions, InformerMetrics metrics, TimeProvider time,
        Func<double> random, ILogger logger)
    {
        var metadataOnly = typeof(T) == typeof(PartialObjectMetadata);
        Name = metadataOnly ? $"{type.Kind} (metadata)" : type.Kind;
        _store = new ObjectStore<T>(options, (key, exception) => InformerLog.NotIndexed(logger, type.Kind, key, exception));
        _metrics = metrics;
        _logger = logger;
        IReadOnlyList<string> scopes = options.IsClusterScoped || operatorOptions.Namespaces.Count == 0 ? [string.Empty] : operatorOptions.Namespaces;
        _reflectors = [.. scopes.Select(scope => new Reflector<T>(
            new ListWatchClient<T>(client, type, scope, options.LabelSelector, operatorOptions.ListPageSize, metadataOnly, logger),
            _store, options, operatorOptions.WatchTimeout, Name, scope, Publish, OnSynced, metrics, time, random, logger))];
        _registration = metrics.Observe(this);
    }

    public string Name { get; }

    public bool HasSynced => _synced.Task.IsCompleted;

    public TimeSpan SinceContact => _reflectors.Max(reflector => reflector.SinceContact);

    public int Count => _store.Count;

    public bool TryGet(NamespacedName key, [NotNullWhen(true)] out T? entity) => _store.TryGet(key, out entity);

    public IReadOnlyList<T> List(string? inNamespace = null) => _store.List(inNamespace);

    public IReadOnlyList<T> ByIndex(string index, string value) => _store.ByIndex(index, value);

    /// <summary>Calls <paramref name="handler"/> for every later change, in order per object. It must return quickly; its exceptions are logged.</summary>
    public void Subscribe(Action<Delta<T>> handler) => _handlers += handler;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_reflectors.Select(reflector => Task.Run(() => reflector.RunAsync(cancellationToken), CancellationToken.None)));

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    public void Dispose() => _registration.Dispose();

    private void OnSynced()
    {
        if (_reflectors.All(reflector => reflector.HasSynced))
        {
            _synced.TrySetResult();
        }
    }

    private void Publish(Delta<T> delta)
    {
        _metrics.Changed(Name, delta.Type);
        foreach (var handler in Delegate.EnumerateInvocationList(_handlers))
        {
            try
            {
                handler(delta);
            }
            catch (Exception exception)
            {
                InformerLog.HandlerFailed(_logger, Name, NamespacedName.Of(delta.Entity), exception);
            }
        }
    }
}
