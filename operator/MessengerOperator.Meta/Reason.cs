namespace MessengerOperator.Meta;

/// <summary>Why a condition is as it is: one CamelCase word from a fixed catalogue. Also the reason of the event that tells of it.</summary>
public readonly record struct Reason(string Name)
{
    /// <summary>On its way: the next pass goes on by itself.</summary>
    public static Reason Progressing { get; } = new("Progressing");

    /// <summary>The last pass ended in an error; it is retried with growing pauses.</summary>
    public static Reason Error { get; } = new("Error");

    /// <summary>The owner of the object asked for no reconciliation.</summary>
    public static Reason Suspended { get; } = new("Suspended");

    /// <summary>Everything that counts is as it should be.</summary>
    public static Reason Ready { get; } = new("Ready");

    /// <summary>A step that has nothing more telling to say is done.</summary>
    public static Reason Succeeded { get; } = new("Succeeded");

    /// <summary>Lets API types declare their reasons as constants.</summary>
    public static implicit operator Reason(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
