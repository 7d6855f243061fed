namespace MessengerOperator.Meta;

/// <summary>The type of a status condition: an adjective or past participle in PascalCase, such as <c>WebhookRegistered</c>.</summary>
public readonly record struct ConditionType(string Name)
{
    /// <summary>True when every condition that counts is True. Always present after a pass.</summary>
    public static ConditionType Ready { get; } = new("Ready");

    /// <summary>True while the controller works towards the spec; absent otherwise (kstatus).</summary>
    public static ConditionType Reconciling { get; } = new("Reconciling");

    /// <summary>True when only somebody's change helps; absent otherwise, never together with <see cref="Reconciling"/> (kstatus).</summary>
    public static ConditionType Stalled { get; } = new("Stalled");

    /// <summary>Lets API types declare their condition types as constants.</summary>
    public static implicit operator ConditionType(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
