namespace MessengerOperator.Meta.Entities;

/// <summary>The least and the greatest number of entries of a map; -1 sets no bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PropertyLimitsAttribute(int minProperties = -1, int maxProperties = -1) : Attribute
{
    /// <summary>The least number of entries, or -1.</summary>
    public int MinProperties => minProperties;

    /// <summary>The greatest number of entries, or -1.</summary>
    public int MaxProperties => maxProperties;
}
