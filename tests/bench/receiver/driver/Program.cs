using System.Text.Json;
using MessengerOperator.Bench.Receiver;

// Measures the receiver beside other servers; lines of JSON on standard output, progress on standard error. Started by ../run.
var options = BenchOptions.Read(args);
Directory.CreateDirectory(options.Work);
var contestants = new Contestants(options.Built);
if (contestants.All.Any(contestant => options.Includes(contestant.Name)))
{
    foreach (var line in await Race.RunAsync(options, contestants))
    {
        Print(line);
    }
}

if (options.Includes(Flood.Name))
{
    Print(await Flood.RunAsync(options, contestants));
}

if (options.Includes(Backlog.Name))
{
    Print(await Backlog.RunAsync(options, contestants));
}

static void Print<T>(T line) => Console.WriteLine(JsonSerializer.Serialize(line, ResultLine.Json));
