using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Informers;

/// <summary>One page of a list.</summary>
/// <param name="Items">What could be read.</param>
/// <param name="Unreadable">The keys of objects that are there but could not be read; their last good state stays in the cache.</param>
/// <param name="ResourceVersion">The version of the whole list.</param>
/// <param name="Continue">The token of the next page; null on the last one.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, IReadOnlyList<NamespacedName> Unreadable, string ResourceVersion, string? Continue);
