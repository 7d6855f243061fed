namespace MessengerOperator.Receiver.Intake;

/// <summary>Whether a store has the events.</summary>
/// <param name="IsSafe">Whether nothing that may happen to this process loses them.</param>
/// <param name="RetryAfter">When the provider should try again; null when there is nothing to say. Only when not safe.</param>
internal readonly record struct Custody(bool IsSafe, TimeSpan? RetryAfter = null)
{
    /// <summary>The store has them.</summary>
    public static Custody Safe { get; } = new(true);
}
