namespace MessengerOperator.Runtime;

/// <summary>Spreads times, so that many objects and many replicas do not act at once.</summary>
internal static class Jitter
{
    /// <summary>A factor of 0.8 to 1.2.</summary>
    public static double Spread(Func<double> random) => 0.8 + (0.4 * random());

    /// <summary><paramref name="period"/> ±20 %.</summary>
    public static TimeSpan Around(TimeSpan period, Func<double> random) => period * Spread(random);
}
