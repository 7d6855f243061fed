using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Informers;

/// <summary>The cached objects of a kind with their indexes. Changes come from reflectors, one per namespace scope.</summary>
internal sealed class ObjectStore<T>(InformerOptions<T> options, Action<NamespacedName, Exception> indexFailed)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, T> _objects = [];
    private readonly Dictionary<string, Dictionary<string, HashSet<NamespacedName>>> _indexes = options.Indexes.ToDictionary(
        index => index.Key, _ => new Dictionary<string, HashSet<NamespacedName>>());

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _objects.Count;
            }
        }
    }

    public bool TryGet(NamespacedName key, [NotNullWhen(true)] out T? entity)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(key, out entity);
        }
    }

    public IReadOnlyList<T> List(string? inNamespace)
    {
        lock (_lock)
        {
            return inNamespace is null ? [.. _objects.Values] : [.. _objects.Where(entry => entry.Key.Namespace == inNamespace).Select(entry => entry.Value)];
        }
    }

    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        lock (_lock)
        {
            return _indexes[index].TryGetValue(value, out var keys) ? [.. keys.Select(key => _objects[key])] : [];
        }
    }

    /// <summary>Puts in an object and tells what that changed; null when the cache has this very version.</summary>
    public Delta<T>? Upsert(T entity, bool isInitial = false)
    {
        lock (_lock)
        {
            var key = NamespacedName.Of(entity);
            var before = _objects.GetValueOrDefault(key);
            if (before is not null && before.Metadata.ResourceVersion == entity.Metadata.ResourceVersion && before.Metadata.Uid == entity.Metadata.Uid)
            {
                return null;
            }

            Index_NeedsLock(key, before, entity);
            _objects[key] = entity;
            return new Delta<T>(before is null ? DeltaType.Added : DeltaType.Updated, before, entity, isInitial);
        }
    }

    /// <summary>Takes out an object; null when it was not there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="lastSeen">Its last state, when the watch told it.</param>
    public Delta<T>? Remove(NamespacedName key, T? lastSeen = null)
    {
        lock (_lock)
        {
            if (!_objects.Remove(key, out var before))
            {
                return null;
            }

            Index_NeedsLock(key, before, after: null);
            return new Delta<T>(DeltaType.Deleted, before, lastSeen ?? before, IsInitial: false);
        }
    }

    /// <summary>The keys of one scope; an empty scope is all.</summary>
    public IReadOnlyList<NamespacedName> Keys(string scope)
    {
        lock (_lock)
        {
            return [.. _objects.Keys.Where(key => scope.Length == 0 || key.Namespace == scope)];
        }
    }

    private void Index_NeedsLock(NamespacedName key, T? before, T? after)
    {
        foreach (var (name, function) in options.Indexes)
        {
            var index = _indexes[name];
            foreach (var value in before is null ? [] : Values_NeedsLock(key, function, before))
            {
                if (index.TryGetValue(value, out var keys) && keys.Remove(key) && keys.Count == 0)
                {
                    index.Remove(value);
                }
            }

            foreach (var value in after is null ? [] : Values_NeedsLock(key, function, after))
            {
                if (!index.TryGetValue(value, out var keys))
                {
                    index[value] = keys = [];
                }

                keys.Add(key);
            }
        }
    }

    // One object that an index function cannot digest must not stop the watch of all the others: it is cached without that index.
    private IReadOnlyList<string> Values_NeedsLock(NamespacedName key, Func<T, IEnumerable<string>> function, T entity)
    {
        try
        {
            return [.. function(entity)];
        }
        catch (Exception exception)
        {
            indexFailed(key, exception);
            return [];
        }
    }
}
