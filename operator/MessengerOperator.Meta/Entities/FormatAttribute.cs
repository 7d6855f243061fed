namespace MessengerOperator.Meta.Entities;

/// <summary>An OpenAPI format the API server checks, such as <c>date-time</c> or <c>byte</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatAttribute(string format) : Attribute
{
    /// <summary>The format's name.</summary>
    public string Format => format;
}
