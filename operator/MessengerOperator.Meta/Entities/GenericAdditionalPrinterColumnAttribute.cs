namespace MessengerOperator.Meta.Entities;

/// <summary>A column of <c>kubectl get</c>; columns are shown in the order of these attributes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GenericAdditionalPrinterColumnAttribute(string jsonPath, string name, string type) : Attribute
{
    /// <summary>Where the value is, in Kubernetes' JSONPath, beginning with a dot.</summary>
    public string JsonPath => jsonPath;

    /// <summary>The head of the column.</summary>
    public string Name => name;

    /// <summary>The OpenAPI type: string, integer, number, boolean or date.</summary>
    public string Type => type;

    /// <summary>0 shows the column always, a higher number only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    /// <summary>What the column says, or null.</summary>
    public string? Description { get; init; }
}
