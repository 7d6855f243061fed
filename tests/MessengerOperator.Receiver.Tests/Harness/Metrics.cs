using System.Globalization;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>Reads single metrics.</summary>
internal static class Metrics
{
    /// <summary>The sum of a metric over its labels; 0 when it is not there.</summary>
    /// <param name="receiver">The receiver.</param>
    /// <param name="name">The metric's name, and its labels as far as they matter.</param>
    public static async Task<double> MetricAsync(this ReceiverUnderTest receiver, string name)
    {
        var lines = (await receiver.MetricsAsync()).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{');
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[line.Contains('}', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture));
    }
}
