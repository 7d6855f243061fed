using System.Text.Encodings.Web;
using System.Text.Json;

namespace MessengerOperator.Bench.Receiver;

/// <summary>A line of the results: medians over all rounds. Memory is in MiB, times are in milliseconds unless their name says otherwise.</summary>
/// <param name="Bench">Always <c>receiver</c>.</param>
/// <param name="Contestant">The server.</param>
/// <param name="Connections">Connections of the load generator, one request at a time on each.</param>
/// <param name="CpuUs">The server's processor time per request in microseconds.</param>
/// <param name="RatioToKestrel"><paramref name="CpuUs"/> by that of <c>kestrel-raw</c> at as many connections; null when that was not measured.</param>
/// <param name="Rps">Requests per second.</param>
/// <param name="P99Ms">99 of 100 answers came within that time.</param>
/// <param name="RssMib">Most memory under load.</param>
/// <param name="IdleRssMib">Memory after the first request and a second of rest.</param>
/// <param name="StartMs">From starting the program to its first 200.</param>
internal sealed record ResultLine(
    string Bench, string Contestant, int Connections, double CpuUs, double? RatioToKestrel, double Rps, double P99Ms, double RssMib, double IdleRssMib, double StartMs)
{
    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of a median.</summary>
    /// <param name="contestant">The server.</param>
    /// <param name="connections">Connections.</param>
    /// <param name="median">Its figures.</param>
    /// <param name="limitMicroseconds">Processor time of <c>kestrel-raw</c>; null when it was not measured.</param>
    public static ResultLine Of(string contestant, int connections, Measurement median, double? limitMicroseconds) => new(
        "receiver",
        contestant,
        connections,
        Math.Round(median.CpuMicroseconds, 2),
        limitMicroseconds is { } limit ? Math.Round(median.CpuMicroseconds / limit, 2) : null,
        Math.Round(median.RequestsPerSecond),
        Math.Round(median.P99Ms, 2),
        Math.Round(median.ResidentMib, 1),
        Math.Round(median.IdleMib, 1),
        Math.Round(median.StartMs));
}
