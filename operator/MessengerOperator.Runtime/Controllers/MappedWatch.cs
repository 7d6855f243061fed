using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Maps a change of one kind to the objects of another that it concerns.</summary>
internal sealed class MappedWatch<TEntity, TOther>(Informer<TOther> informer, Func<Delta<TOther>, ILister<TEntity>, IEnumerable<NamespacedName>> map) : IWatchSource<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
    where TOther : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Maps both the old and the new state.</summary>
    public static Func<Delta<TOther>, ILister<TEntity>, IEnumerable<NamespacedName>> OfEachState(Func<TOther, ILister<TEntity>, IEnumerable<NamespacedName>> map) => (change, entities) =>
    {
        var concerned = map(change.Entity, entities);
        return change.Before is { } before ? concerned.Union(map(before, entities)) : concerned;
    };

    public void Subscribe(Action<NamespacedName> enqueue, ILister<TEntity> entities) => informer.Subscribe(change =>
    {
        foreach (var key in map(change, entities))
        {
            enqueue(key);
        }
    });
}
