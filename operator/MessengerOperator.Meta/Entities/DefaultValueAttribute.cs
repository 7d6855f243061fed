using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Meta.Entities;

/// <summary>What the API server fills in when the field is absent; the C# property must start with the same value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultValueAttribute(object? value = null) : Attribute
{
    /// <summary>A text, number, truth value or enum member; null when <see cref="Json"/> is set.</summary>
    public object? Value => value;

    /// <summary>The default as JSON, for objects and lists; wins over <see cref="Value"/>.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string? Json { get; init; }
}
