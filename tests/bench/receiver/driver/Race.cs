using System.Diagnostics;

namespace MessengerOperator.Bench.Receiver;

/// <summary>Lets the contestants have their turns, several rounds of them, so that what the machine does besides meets all alike.</summary>
internal static class Race
{
    /// <summary>Runs it and gives the results' lines.</summary>
    public static async Task<IReadOnlyList<ResultLine>> RunAsync(BenchOptions options, Contestants contestants)
    {
        var running = contestants.All.Where(contestant => options.Includes(contestant.Name)).ToArray();
        var requests = running.Select(contestant => contestant.Messenger).Distinct().ToDictionary(
            messenger => messenger,
            messenger => RequestFile.Write(Path.Combine(options.Work, $"requests-{messenger}"), messenger, Turn.RequestsNeeded(options, messenger)));
        var turn = new Turn(options, contestants, requests);
        var turns = running.SelectMany(contestant => contestant.Connections.Select(connections => (Contestant: contestant, Connections: connections))).ToArray();
        var measurements = turns.ToDictionary(each => (each.Contestant.Name, each.Connections), _ => new List<Measurement>());
        var started = Stopwatch.GetTimestamp();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var (contestant, connections) in turns)
            {
                var measurement = await turn.TakeAsync(contestant, connections);
                measurements[(contestant.Name, connections)].Add(measurement);
                await Console.Error.WriteLineAsync(
                    $"{Stopwatch.GetElapsedTime(started).TotalSeconds,4:F0} s  round {round}/{options.Rounds}  {contestant.Name,-28} {connections,4} connections  " +
                    $"{measurement.CpuMicroseconds,6:F1} us  {measurement.RequestsPerSecond,6:F0}/s  p99 {measurement.P99Ms,6:F2} ms  {measurement.ResidentMib,5:F1} MiB");
            }
        }

        return [.. turns.Select(each => LineOf(each.Contestant.Name, each.Connections, measurements))];
    }

    private static ResultLine LineOf(string name, int connections, Dictionary<(string Name, int Connections), List<Measurement>> measurements) => ResultLine.Of(
        name,
        connections,
        Measurement.MedianOf(measurements[(name, connections)]),
        measurements.TryGetValue((Contestants.Limit, connections), out var limit) ? Measurement.MedianOf(limit).CpuMicroseconds : null);
}
