namespace MessengerOperator.Meta.Entities;

/// <summary>Categories a kind belongs to: <c>kubectl get &lt;category&gt;</c> lists every kind of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityCategoriesAttribute(params string[] categories) : Attribute
{
    /// <summary>The categories, in the order given.</summary>
    public IReadOnlyList<string> Categories { get; } = categories;
}
