namespace MessengerOperator.Meta.Entities;

/// <summary>The property is not part of the wire format and has no place in the schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IgnoreAttribute : Attribute;
