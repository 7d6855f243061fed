namespace MessengerOperator.Runtime.Apply;

/// <summary>An object has the name of a child of ours but belongs to somebody else, or to nobody.</summary>
public sealed class ForeignOwnerException : Exception
{
    /// <summary>Names the object and who holds it.</summary>
    public ForeignOwnerException(string kind, string name, string? owner)
        : base($"{kind} {name} {(owner is null ? "exists and is not controlled by this object" : $"is controlled by {owner}")}")
    {
        Kind = kind;
        Name = name;
        Owner = owner;
    }

    /// <summary>The object's kind.</summary>
    public string Kind { get; }

    /// <summary>The object's name.</summary>
    public string Name { get; }

    /// <summary>Kind and name of its controller, such as <c>Deployment/web</c>; null when it has none.</summary>
    public string? Owner { get; }
}
