using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Meta.Entities;

/// <summary>A regular expression the text must match; both RE2 (the API server) and .NET must understand it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class PatternAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string regexPattern) : Attribute
{
    /// <summary>The expression; not anchored unless it says so itself.</summary>
    public string RegexPattern => regexPattern;
}
