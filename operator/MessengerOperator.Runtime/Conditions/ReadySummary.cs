using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Conditions;

/// <summary>
/// Works out Ready, Reconciling and Stalled from the steps' conditions, by the rules of kstatus: Ready is always present, the other two only when
/// true and never both, and Ready is not True while one of them is.
/// </summary>
internal static class ReadySummary
{
    /// <summary>Every counted condition is True.</summary>
    public static void SetReady(ConditionSet conditions, string message, long? generation)
    {
        conditions.Remove(ConditionType.Reconciling);
        conditions.Remove(ConditionType.Stalled);
        conditions.Set(ConditionType.Ready, ConditionStatus.True, Reason.Ready, message, generation);
    }

    /// <summary>A counted condition is not True and the controller goes on by itself.</summary>
    public static void SetReconciling(ConditionSet conditions, ConditionStatus status, Reason reason, string message, long? generation)
    {
        conditions.Remove(ConditionType.Stalled);
        conditions.Set(ConditionType.Reconciling, ConditionStatus.True, reason == Reason.Error ? Reason.Error : Reason.Progressing, message, generation);
        conditions.Set(ConditionType.Ready, NotTrue(status), reason, message, generation);
    }

    /// <summary>Only somebody's change helps.</summary>
    public static void SetStalled(ConditionSet conditions, Reason reason, string message, long? generation)
    {
        conditions.Remove(ConditionType.Reconciling);
        conditions.Set(ConditionType.Stalled, ConditionStatus.True, reason, message, generation);
        conditions.Set(ConditionType.Ready, ConditionStatus.False, reason, message, generation);
    }

    /// <summary>Nothing is done on request; Ready keeps its status, or is False when there was none.</summary>
    public static void SetSuspended(ConditionSet conditions, string message)
    {
        conditions.Remove(ConditionType.Reconciling);
        conditions.Remove(ConditionType.Stalled);
        var ready = conditions.Get(ConditionType.Ready);
        conditions.Set(ConditionType.Ready, conditions.StatusOf(ConditionType.Ready) ?? ConditionStatus.False, Reason.Suspended, message, ready?.ObservedGeneration);
    }

    private static ConditionStatus NotTrue(ConditionStatus status) => status == ConditionStatus.True ? ConditionStatus.False : status;
}
