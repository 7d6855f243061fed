using k8s.Models;

namespace MessengerOperator.Meta;

/// <summary>A status that carries conditions. Statuses are immutable records: a change is a copy.</summary>
/// <typeparam name="TSelf">The status type itself.</typeparam>
public interface IConditioned<TSelf>
    where TSelf : IConditioned<TSelf>
{
    /// <summary>The conditions, at most one of each type; null before the first pass. JSON path <c>.status.conditions</c>.</summary>
    IReadOnlyList<V1Condition>? Conditions { get; }

    /// <summary>The generation of the spec that the status speaks of; null before the first finished pass.</summary>
    long? ObservedGeneration { get; }

    /// <summary>A copy with other conditions and observed generation, all else unchanged.</summary>
    TSelf WithConditions(IReadOnlyList<V1Condition> conditions, long? observedGeneration);
}
