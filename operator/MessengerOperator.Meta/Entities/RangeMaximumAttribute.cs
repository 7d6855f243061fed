namespace MessengerOperator.Meta.Entities;

/// <summary>The greatest value of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeMaximumAttribute(long maximum) : Attribute
{
    /// <summary>The bound; itself allowed.</summary>
    public long Maximum => maximum;
}
