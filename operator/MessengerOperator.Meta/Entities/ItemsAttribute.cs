namespace MessengerOperator.Meta.Entities;

/// <summary>The least and the greatest number of items of a list; -1 sets no bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int minItems = -1, int maxItems = -1) : Attribute
{
    /// <summary>The least number of items, or -1.</summary>
    public int MinItems => minItems;

    /// <summary>The greatest number of items, or -1.</summary>
    public int MaxItems => maxItems;
}
