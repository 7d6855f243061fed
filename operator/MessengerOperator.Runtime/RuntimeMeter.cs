namespace MessengerOperator.Runtime;

/// <summary>The meter that the host exports.</summary>
public static class RuntimeMeter
{
    /// <summary>Its name: <c>metrics.AddMeter(RuntimeMeter.Name)</c>. Instruments already carry the names seen in Prometheus, less the <c>_total</c> of counters.</summary>
    public const string Name = "MessengerOperator.Runtime";

    /// <summary>Upper bounds in seconds, 5 ms to 10 min.</summary>
    internal static IReadOnlyList<double> Buckets { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
}
