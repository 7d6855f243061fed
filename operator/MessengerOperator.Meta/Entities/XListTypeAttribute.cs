namespace MessengerOperator.Meta.Entities;

/// <summary>Sets <c>x-kubernetes-list-type</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListTypeAttribute(ListType listType) : Attribute
{
    /// <summary>How the list is merged.</summary>
    public ListType ListType => listType;
}
