using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Meta.Entities;

/// <summary>Bounds on each text in a list or a map; the other attributes speak of the list or the map itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ElementAttribute : Attribute
{
    /// <summary>The least length of each text, in characters, or -1.</summary>
    public int MinLength { get; init; } = -1;

    /// <summary>The greatest length of each text, in characters, or -1.</summary>
    public int MaxLength { get; init; } = -1;

    /// <summary>A regular expression each text must match, or null.</summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public string? Pattern { get; init; }
}
