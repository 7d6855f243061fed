using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Conditions;

/// <summary>The conditions of one object while a pass works on them. Keeps order; moves lastTransitionTime only when a status value changes.</summary>
internal sealed class ConditionSet
{
    private readonly List<V1Condition> _conditions;
    private readonly TimeProvider _time;

    public ConditionSet(IEnumerable<V1Condition>? conditions, TimeProvider time)
    {
        _conditions = [.. conditions ?? []];
        _time = time;
    }

    public IReadOnlyList<V1Condition> ToList() => [.. _conditions];

    public V1Condition? Get(ConditionType type) => _conditions.Find(condition => condition.Type == type.Name);

    public ConditionStatus? StatusOf(ConditionType type) => Get(type) is { } condition ? ParseStatus(condition.Status) : null;

    /// <summary>Sets a condition and returns whether its status or its reason is another than before.</summary>
    public bool Set(ConditionType type, ConditionStatus status, Reason reason, string message, long? observedGeneration)
    {
        var index = _conditions.FindIndex(condition => condition.Type == type.Name);
        var before = index < 0 ? null : _conditions[index];
        var sameStatus = before is not null && ParseStatus(before.Status) == status;
        var after = new V1Condition
        {
            Type = type.Name,
            Status = status.ToString(),
            Reason = reason.Name,

            // Never empty: people read it, and an API server 1.20 built with a newer Go takes an empty string in a custom resource for null.
            Message = message.Length > 0 ? message : $"{reason}.",
            ObservedGeneration = observedGeneration,
            LastTransitionTime = sameStatus ? before!.LastTransitionTime : Now(),
        };

        if (index < 0)
        {
            _conditions.Add(after);
        }
        else
        {
            _conditions[index] = after;
        }

        return !sameStatus || before!.Reason != reason.Name;
    }

    public bool Remove(ConditionType type) => _conditions.RemoveAll(condition => condition.Type == type.Name) > 0;

    /// <summary>Puts the conditions into the order of <paramref name="types"/>; others keep their order behind them.</summary>
    public void Order(IReadOnlyList<ConditionType> types)
    {
        var rank = types.Select((type, index) => (type.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        var ordered = _conditions.OrderBy(condition => rank.GetValueOrDefault(condition.Type, int.MaxValue)).ToList();
        _conditions.Clear();
        _conditions.AddRange(ordered);
    }

    private static ConditionStatus ParseStatus(string? status) => Enum.TryParse<ConditionStatus>(status, out var parsed) ? parsed : ConditionStatus.Unknown;

    /// <summary>Kubernetes times have whole seconds; a fraction would come back changed.</summary>
    private DateTime Now()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
