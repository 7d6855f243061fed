namespace MessengerOperator.Meta.Entities;

/// <summary>Marks the version of a kind that the API server stores; exactly one version carries it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StorageVersionAttribute : Attribute;
