namespace MessengerOperator.Bench.Receiver;

/// <summary>One turn of one contestant.</summary>
/// <param name="CpuMicroseconds">The server's processor time per request.</param>
/// <param name="RequestsPerSecond">Requests answered per second.</param>
/// <param name="P99Ms">99 of 100 answers came within that time.</param>
/// <param name="ResidentMib">Most memory seen under load.</param>
/// <param name="IdleMib">Memory after its first request and a second of rest.</param>
/// <param name="StartMs">From starting the program to its first 200.</param>
internal sealed record Measurement(double CpuMicroseconds, double RequestsPerSecond, double P99Ms, double ResidentMib, double IdleMib, double StartMs)
{
    /// <summary>The median of each figure by itself.</summary>
    public static Measurement MedianOf(IReadOnlyList<Measurement> measurements) => new(
        Median(measurements, measurement => measurement.CpuMicroseconds),
        Median(measurements, measurement => measurement.RequestsPerSecond),
        Median(measurements, measurement => measurement.P99Ms),
        Median(measurements, measurement => measurement.ResidentMib),
        Median(measurements, measurement => measurement.IdleMib),
        Median(measurements, measurement => measurement.StartMs));

    /// <summary>The median of one figure.</summary>
    public static double Median<T>(IReadOnlyList<T> measurements, Func<T, double> figure)
    {
        var sorted = measurements.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
