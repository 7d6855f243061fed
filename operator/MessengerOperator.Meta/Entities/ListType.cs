namespace MessengerOperator.Meta.Entities;

/// <summary>How server-side apply merges a list.</summary>
public enum ListType
{
    /// <summary>One owner for the whole list.</summary>
    Atomic,

    /// <summary>Single values, each at most once.</summary>
    Set,

    /// <summary>Objects told apart by the fields of <see cref="XListMapKeysAttribute"/>.</summary>
    Map,
}
