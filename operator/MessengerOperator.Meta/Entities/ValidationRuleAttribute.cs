namespace MessengerOperator.Meta.Entities;

/// <summary>A rule in CEL on a field or on an object (<c>x-kubernetes-validations</c>).</summary>
/// <remarks>
/// Servers before 1.25 drop such rules, so every rule stands again as a check in the operator. There is no
/// <c>fieldPath</c>, <c>reason</c> or <c>messageExpression</c>: servers before 1.28 refuse a definition that has them.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class ValidationRuleAttribute(string rule, string message) : Attribute
{
    /// <summary>The expression; true means that the value is fine.</summary>
    public string Rule => rule;

    /// <summary>What to do about it, for the person who applied the object.</summary>
    public string Message => message;
}
