namespace MessengerOperator.Meta.Entities;

/// <summary>Short names of a kind on the command line, such as <c>mi</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityShortNamesAttribute(params string[] shortNames) : Attribute
{
    /// <summary>The short names, in the order shown to the user.</summary>
    public IReadOnlyList<string> ShortNames { get; } = shortNames;
}
