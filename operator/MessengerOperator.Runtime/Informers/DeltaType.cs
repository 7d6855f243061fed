namespace MessengerOperator.Runtime.Informers;

/// <summary>What happened to a cached object.</summary>
public enum DeltaType
{
    /// <summary>It was not in the cache before.</summary>
    Added,

    /// <summary>It has another resourceVersion.</summary>
    Updated,

    /// <summary>It is gone; learned from the watch or from a list that no longer has it.</summary>
    Deleted,
}
