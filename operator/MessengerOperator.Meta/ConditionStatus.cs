namespace MessengerOperator.Meta;

/// <summary>The status of a condition; the names are the values on the wire.</summary>
public enum ConditionStatus
{
    /// <summary>Not looked at yet, or it could not be told.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It does not hold.</summary>
    False,
}
