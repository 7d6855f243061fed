using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Another kind whose changes concern objects of <typeparamref name="TEntity"/>.</summary>
internal interface IWatchSource<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Calls <paramref name="enqueue"/> for every object of the kind that a change concerns.</summary>
    void Subscribe(Action<NamespacedName> enqueue, ILister<TEntity> entities);
}
