namespace MessengerOperator.Runtime.Informers;

/// <summary>What an informer watches and how its objects can be looked up.</summary>
/// <typeparam name="T">The kind, or <see cref="PartialObjectMetadata"/>.</typeparam>
public sealed class InformerOptions<T>
{
    /// <summary>Only objects with these labels; null: all.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>True for a kind that the server may lack: a 404 then counts as an empty list and is tried again after <see cref="OperatorOptions.WatchTimeout"/>.</summary>
    public bool IsOptional { get; set; }

    /// <summary>True for a kind without namespaces: watched once, whatever namespaces the operator is confined to.</summary>
    public bool IsClusterScoped { get; set; }

    /// <summary>Drops what nobody reads before an object enters the cache. managedFields are always dropped.</summary>
    public Func<T, T>? Transform { get; set; }

    /// <summary>Index functions by name: from an object to the values under which it is found.</summary>
    public Dictionary<string, Func<T, IEnumerable<string>>> Indexes { get; } = [];
}
