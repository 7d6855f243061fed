using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Finalizers;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Runtime.Hosting;

/// <summary>What, besides its own kind, wakes a controller.</summary>
/// <typeparam name="TEntity">The controller's kind.</typeparam>
public sealed class ControllerBuilder<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly OperatorBuilder _operator;

    internal ControllerBuilder(OperatorBuilder @operator) => _operator = @operator;

    internal (Type Type, string Identifier)? Finalizer { get; private set; }

    /// <summary>Watches children: a change of one wakes the objects that own it, be it one or several that share it.</summary>
    /// <typeparam name="TChild">The children's kind.</typeparam>
    /// <param name="configure">
    /// A label selector keeps the cache to our own objects; IsOptional for a kind that the server may lack. The informer is shared by kind.
    /// </param>
    public ControllerBuilder<TEntity> Owns<TChild>(Action<InformerOptions<TChild>>? configure = null)
        where TChild : class, IKubernetesObject<V1ObjectMeta> => Watches((child, _) => OwnerMap.OwnersOf<TEntity>(child), configure);

    /// <summary>Watches another kind: a change wakes the objects that <paramref name="map"/> names, for the old and for the new state.</summary>
    /// <typeparam name="TOther">The other kind; may be the controller's own.</typeparam>
    /// <param name="map">From a changed object and the lister of the controller's kind to keys; use an index, and do no I/O.</param>
    /// <param name="configure">Settings of the shared informer.</param>
    public ControllerBuilder<TEntity> Watches<TOther>(
        Func<TOther, ILister<TEntity>, IEnumerable<NamespacedName>> map, Action<InformerOptions<TOther>>? configure = null)
        where TOther : class, IKubernetesObject<V1ObjectMeta> => WatchesChanges(MappedWatch<TEntity, TOther>.OfEachState(map), configure);

    /// <summary>As <see cref="Watches{TOther}"/>, for changes that matter only in a part: <paramref name="map"/> sees what was before and what is now.</summary>
    public ControllerBuilder<TEntity> WatchesChanges<TOther>(
        Func<Delta<TOther>, ILister<TEntity>, IEnumerable<NamespacedName>> map, Action<InformerOptions<TOther>>? configure = null)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        _operator.AddInformer(configure);
        _operator.Services.AddSingleton<IWatchSource<TEntity>>(provider => new MappedWatch<TEntity, TOther>(provider.GetRequiredService<Informer<TOther>>(), map));
        return this;
    }

    /// <summary>As <see cref="Watches{TOther}"/>, without ever reading the content: for Secrets.</summary>
    public ControllerBuilder<TEntity> WatchesMetadata<TOther>(
        Func<PartialObjectMetadata, ILister<TEntity>, IEnumerable<NamespacedName>> map, Action<InformerOptions<PartialObjectMetadata>>? configure = null)
        where TOther : class, IKubernetesObject<V1ObjectMeta>
    {
        _operator.AddMetadataInformer<TOther>(configure);
        _operator.Services.AddSingleton<IWatchSource<TEntity>>(
            provider => new MappedWatch<TEntity, PartialObjectMetadata>(
                provider.GetRequiredService<MetadataInformer<TOther>>().Informer, MappedWatch<TEntity, PartialObjectMetadata>.OfEachState(map)));
        return this;
    }

    /// <summary>Declares an index over the controller's kind: <c>lister.ByIndex(name, value)</c>.</summary>
    public ControllerBuilder<TEntity> Index(string name, Func<TEntity, IEnumerable<string>> values)
    {
        _operator.AddInformer<TEntity>(options => options.Indexes[name] = values);
        return this;
    }

    /// <summary>Attaches a finalizer before the first pass and runs <typeparamref name="TFinalizer"/> when the object is being deleted. Not for pipelines.</summary>
    /// <typeparam name="TFinalizer">The cleanup.</typeparam>
    /// <param name="identifier">A qualified name, such as <c>example.com/cleanup</c>.</param>
    public ControllerBuilder<TEntity> WithFinalizer<TFinalizer>(string identifier)
        where TFinalizer : class, IEntityFinalizer<TEntity>
    {
        Finalizer = (typeof(TFinalizer), identifier);
        return this;
    }
}
