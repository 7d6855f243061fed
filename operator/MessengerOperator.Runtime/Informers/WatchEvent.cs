using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Informers;

/// <summary>One line of a watch.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
/// <param name="Key">The object's key; default for bookmarks and errors.</param>
/// <param name="ResourceVersion">Where the watch now is; null for an error.</param>
/// <param name="Entity">The object; null for bookmarks, errors and objects that could not be read.</param>
/// <param name="Error">What went wrong; null unless it is an ERROR.</param>
internal readonly record struct WatchEvent<T>(string Type, NamespacedName Key, string? ResourceVersion, T? Entity, V1Status? Error);
