namespace MessengerOperator.Runtime.Apply;

/// <summary>What an apply did.</summary>
public enum ApplyOutcome
{
    /// <summary>Everything was as intended; nothing was written.</summary>
    Unchanged,

    /// <summary>The object was not there.</summary>
    Created,

    /// <summary>The intent had changed.</summary>
    Configured,

    /// <summary>The intent was the same, but somebody had changed or removed something of it.</summary>
    Repaired,

    /// <summary>The object differs from the intent, and its <see cref="ChangeGuard{T}"/> kept it as it is.</summary>
    Held,
}
