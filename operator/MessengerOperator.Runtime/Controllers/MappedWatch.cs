using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Maps a change of one kind to the objects of another that it concerns; both the old and the new state are mapped.</summary>
internal sealed class MappedWatch<TEntity, TOther>(Informer<TOther> informer, Func<TOther, ILister<TEntity>, IEnumerable<NamespacedName>> map) : IWatchSource<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
    where TOther : class, IKubernetesObject<V1ObjectMeta>
{
    public void Subscribe(Action<NamespacedName> enqueue, ILister<TEntity> entities) => informer.Subscribe(change =>
    {
        var concerned = map(change.Entity, entities);
        foreach (var key in change.Before is { } before ? concerned.Union(map(before, entities)) : concerned)
        {
            enqueue(key);
        }
    });
}
