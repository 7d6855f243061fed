namespace MessengerOperator.Runtime.Informers;

/// <summary>One change of the cache.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Before">The state before; null when it was added.</param>
/// <param name="Entity">The state now, or the last one that was seen of a deleted object.</param>
/// <param name="IsInitial">Whether it comes from the first list, so that it may be old news.</param>
public readonly record struct Delta<T>(DeltaType Type, T? Before, T Entity, bool IsInitial)
    where T : class;
