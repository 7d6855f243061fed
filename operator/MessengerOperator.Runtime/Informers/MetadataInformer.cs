using System.Diagnostics.CodeAnalysis;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Informers;

/// <summary>The metadata-only informer of a kind.</summary>
internal sealed class MetadataInformer<T>(Informer<PartialObjectMetadata> informer) : IMetadataLister<T>
{
    public Informer<PartialObjectMetadata> Informer => informer;

    public bool HasSynced => informer.HasSynced;

    public bool TryGet(NamespacedName key, [NotNullWhen(true)] out PartialObjectMetadata? entity) => informer.TryGet(key, out entity);

    public IReadOnlyList<PartialObjectMetadata> List(string? inNamespace = null) => informer.List(inNamespace);

    public IReadOnlyList<PartialObjectMetadata> ByIndex(string index, string value) => informer.ByIndex(index, value);
}
