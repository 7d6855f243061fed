namespace MessengerOperator.Meta.Entities;

/// <summary>Sets <c>x-kubernetes-list-map-keys</c>: the fields that tell the items of a map-like list apart.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListMapKeysAttribute(params string[] keys) : Attribute
{
    /// <summary>The keys, as JSON names.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}
