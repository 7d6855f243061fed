namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Which of an integration's sinks it is.</summary>
/// <param name="Field">Where the spec says it.</param>
/// <param name="Key">What its keys in the group's objects begin with, after the member; no dot.</param>
internal sealed record SinkPlace(string Field, string Key)
{
    /// <summary>The sink of all events.</summary>
    public static readonly SinkPlace Events = new("spec.sink", "sink");

    /// <summary>The sink of those that the other one refused.</summary>
    public static readonly SinkPlace DeadLetters = new("spec.delivery.deadLetter", "dead-letter");
}
