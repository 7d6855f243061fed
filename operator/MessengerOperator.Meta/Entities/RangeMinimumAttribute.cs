namespace MessengerOperator.Meta.Entities;

/// <summary>The least value of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeMinimumAttribute(long minimum) : Attribute
{
    /// <summary>The bound; itself allowed.</summary>
    public long Minimum => minimum;
}
