namespace MessengerOperator.Bench.Receiver;

/// <summary>Genuine requests at a steady, low rate, first alone, then beside wrong signatures at full speed.</summary>
internal static class Flood
{
    /// <summary>Its name in the results.</summary>
    public const string Name = "flood";

    private const int GenuineConnections = 8;
    private const int GenuinePauseMs = 10;
    private const int GenuinePerSecond = GenuineConnections * 1000 / GenuinePauseMs;
    private const int WrongConnections = 32;
    private const int Wrong = 5_000;

    /// <summary>Runs it and gives the medians.</summary>
    /// <exception cref="InvalidOperationException">A genuine request was not taken, or a wrong one was.</exception>
    public static async Task<FloodLine> RunAsync(BenchOptions options, Contestants contestants)
    {
        var genuine = RequestFile.Write(Path.Combine(options.Work, "requests-genuine"), Messenger.Line, 1 + ((2 + options.WarmUpSeconds) * options.Seconds * GenuinePerSecond));
        var wrong = RequestFile.Write(Path.Combine(options.Work, "requests-wrong"), Messenger.Line, Wrong, isGenuine: false);
        var rounds = new List<(double Quiet, double Flood, double WrongPerSecond)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            using var stand = await Stand.StartAsync(contestants, contestants.Delivering, Path.Combine(options.Work, Name), genuine);
            var count = options.Seconds * GenuinePerSecond;
            await GenuineAsync(options, stand, genuine, 1, count);
            var quiet = await GenuineAsync(options, stand, genuine, 1 + count, count);
            var flooding = LoadGenerator.RunAsync(options.Script, stand.Server.Url(wrong), WrongConnections, options.Seconds + 1, wrong.ScriptArguments(0, Wrong));
            var flooded = await GenuineAsync(options, stand, genuine, 1 + (2 * count), count);
            var flood = await flooding;
            if (flood.Refused != flood.Requests)
            {
                throw new InvalidOperationException($"flood: {flood.Requests - flood.Refused} wrong signatures were accepted");
            }

            rounds.Add((quiet.P99Ms, flooded.P99Ms, flood.Requests / flood.Seconds));
            await Console.Error.WriteLineAsync($"flood  round {round}/{options.Rounds}  p99 quiet {quiet.P99Ms:F2} ms, beside {flood.Requests / flood.Seconds:F0} wrong ones a second {flooded.P99Ms:F2} ms");
        }

        return FloodLine.Of(
            GenuinePerSecond, Measurement.Median(rounds, round => round.Quiet), Measurement.Median(rounds, round => round.Flood), Measurement.Median(rounds, round => round.WrongPerSecond));
    }

    private static async Task<LoadResult> GenuineAsync(BenchOptions options, Stand stand, RequestFile requests, int first, int count)
    {
        var load = await LoadGenerator.RunAsync(
            options.Script, stand.Server.Url(requests), GenuineConnections, options.Seconds, [.. requests.ScriptArguments(first, count), $"{GenuinePauseMs}"]);
        return load is { Refused: 0, Failed: 0, Requests: > 0 }
            ? load
            : throw new InvalidOperationException($"flood: of {load.Requests} genuine requests {load.Refused} were refused, {load.Failed} more had no answer");
    }
}

/// <summary>The result of <see cref="Flood"/>: medians over all rounds.</summary>
/// <param name="Bench">Always <c>receiver-flood</c>.</param>
/// <param name="GenuineRps">Genuine requests a second that are sent at most.</param>
/// <param name="QuietP99Ms">99 of 100 of them are answered within that time when nobody else is there.</param>
/// <param name="FloodP99Ms">The same beside the wrong ones.</param>
/// <param name="Ratio">The latter by the former.</param>
/// <param name="WrongRps">Wrong signatures answered a second.</param>
internal sealed record FloodLine(string Bench, int GenuineRps, double QuietP99Ms, double FloodP99Ms, double Ratio, double WrongRps)
{
    /// <summary>The line of the figures.</summary>
    public static FloodLine Of(int genuinePerSecond, double quiet, double flood, double wrongPerSecond) =>
        new("receiver-flood", genuinePerSecond, Math.Round(quiet, 2), Math.Round(flood, 2), Math.Round(flood / quiet, 2), Math.Round(wrongPerSecond));
}
