namespace MessengerOperator.Runtime.Informers;

/// <summary>The read side of a metadata-only informer: which objects of the kind exist, without their content.</summary>
/// <typeparam name="T">The kind whose metadata is watched, such as <see cref="k8s.Models.V1Secret"/>.</typeparam>
public interface IMetadataLister<T> : ILister<PartialObjectMetadata>;
