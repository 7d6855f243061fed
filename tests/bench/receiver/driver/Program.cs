using System.Diagnostics;
using System.Text.Json;
using MessengerOperator.Bench.Receiver;

// Measures the contestants in turns; one line of JSON each on standard output, progress on standard error. Started by ../run.
var options = BenchOptions.Read(args);
Directory.CreateDirectory(options.Work);
var contestants = Contestants.In(options.Built).Where(contestant => options.Only.Count == 0 || options.Only.Contains(contestant.Name)).ToArray();
var requests = new Dictionary<Messenger, RequestFile>();
foreach (var messenger in contestants.Select(contestant => contestant.Messenger).Distinct())
{
    requests[messenger] = RequestFile.Write(Path.Combine(options.Work, $"requests-{messenger}"), messenger, Turn.RequestsNeeded(options));
}

var turn = new Turn(options, requests);
var turns = contestants.SelectMany(contestant => contestant.Connections.Select(connections => (Contestant: contestant, Connections: connections))).ToArray();
var measurements = turns.ToDictionary(each => each, _ => new List<Measurement>());
var started = Stopwatch.GetTimestamp();
for (var round = 1; round <= options.Rounds; round++)
{
    foreach (var each in turns)
    {
        var measurement = await turn.TakeAsync(each.Contestant, each.Connections);
        measurements[each].Add(measurement);
        await Console.Error.WriteLineAsync(
            $"{Stopwatch.GetElapsedTime(started).TotalSeconds,4:F0} s  round {round}/{options.Rounds}  {each.Contestant.Name,-24} {each.Connections,4} connections  " +
            $"{measurement.CpuMicroseconds,6:F1} us  {measurement.RequestsPerSecond,6:F0}/s  p99 {measurement.P99Ms,6:F2} ms  {measurement.ResidentMib,5:F1} MiB");
    }
}

foreach (var each in turns)
{
    var median = Measurement.MedianOf(measurements[each]);
    var limit = measurements.GetValueOrDefault((contestants[0], each.Connections)) is { } values && contestants[0].Name == Contestants.Limit
        ? Measurement.MedianOf(values).CpuMicroseconds
        : (double?)null;
    Console.WriteLine(JsonSerializer.Serialize(ResultLine.Of(each.Contestant.Name, each.Connections, median, limit), ResultLine.Json));
}
