using System.Diagnostics.CodeAnalysis;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Informers;

/// <summary>The read side of an informer: objects as last seen by the watch. No call here reaches the API server.</summary>
/// <typeparam name="T">The kind. For metadata alone there is <see cref="IMetadataLister{T}"/>.</typeparam>
/// <remarks>Objects are shared: never change one. Safe from any thread.</remarks>
public interface ILister<T>
{
    /// <summary>Whether every namespace has been listed once. Until then an absent object proves nothing.</summary>
    bool HasSynced { get; }

    /// <summary>The object of that key, if there is one.</summary>
    bool TryGet(NamespacedName key, [NotNullWhen(true)] out T? entity);

    /// <summary>All objects, or those of one namespace, in no order.</summary>
    IReadOnlyList<T> List(string? inNamespace = null);

    /// <summary>The objects for which the index function gave this value; empty when there are none.</summary>
    /// <exception cref="KeyNotFoundException">No index of that name was declared.</exception>
    IReadOnlyList<T> ByIndex(string index, string value);
}
