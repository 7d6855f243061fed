namespace MessengerOperator.Meta.Entities;

/// <summary>The scope of a kind; without it a kind is namespaced.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EntityScopeAttribute(EntityScope scope = EntityScope.Namespaced) : Attribute
{
    /// <summary>The scope.</summary>
    public EntityScope Scope => scope;
}
