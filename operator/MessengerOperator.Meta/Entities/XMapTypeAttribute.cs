namespace MessengerOperator.Meta.Entities;

/// <summary>Sets <c>x-kubernetes-map-type: atomic</c>: one owner for the whole object.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class XMapTypeAttribute : Attribute;
