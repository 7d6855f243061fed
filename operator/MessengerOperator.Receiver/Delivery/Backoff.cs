namespace MessengerOperator.Receiver.Delivery;

/// <summary>Exponential pauses with jitter: each twice as long as the one before, up to a longest, and then between half and all of that.</summary>
/// <param name="First">The first pause.</param>
/// <param name="Longest">The longest.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    // Beyond, doubling would overflow, and the longest pause is reached long before.
    private const int MostDoublings = 30;

    /// <summary>The pause after so many failures in a row.</summary>
    /// <param name="failures">At least 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan After(int failures, double random)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return (doubled < Longest ? doubled : Longest) * (0.5 + (random / 2));
    }
}
