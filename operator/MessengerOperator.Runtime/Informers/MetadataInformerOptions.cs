namespace MessengerOperator.Runtime.Informers;

/// <summary>Tells the settings of one metadata-only informer from those of another.</summary>
internal sealed class MetadataInformerOptions<T>
{
    public InformerOptions<PartialObjectMetadata> Informer { get; } = new();
}
