namespace MessengerOperator.Meta.Entities;

/// <summary>The least and the greatest length of a text, in characters; -1 sets no bound.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class LengthAttribute(int minLength = -1, int maxLength = -1) : Attribute
{
    /// <summary>The least length, or -1.</summary>
    public int MinLength => minLength;

    /// <summary>The greatest length, or -1.</summary>
    public int MaxLength => maxLength;
}
