using System.Diagnostics;
using MessengerOperator.TestKit;

namespace MessengerOperator.Bench.Receiver;

/// <summary>A sink that is away while many events come in, and then back.</summary>
internal static class Backlog
{
    /// <summary>Its name in the results.</summary>
    public const string Name = "backlog";

    private const int EventsPerRequest = 100;
    private const int Connections = 8;
    private const int SinkConnections = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>Runs it several times, and takes the medians: when the collector last looked moves the memory of a single run by a fifth, with a backlog and without.</summary>
    public static async Task<BacklogLine> RunAsync(BenchOptions options, Contestants contestants)
    {
        var rounds = new List<BacklogLine>();
        for (var round = 0; round < options.Rounds; round++)
        {
            rounds.Add(await RunOnceAsync(options, contestants));
        }

        return BacklogLine.MedianOf(rounds);
    }

    private static async Task<BacklogLine> RunOnceAsync(BenchOptions options, Contestants contestants)
    {
        var requests = RequestFile.Write(Path.Combine(options.Work, "requests-sink"), Messenger.Line, 20_001);
        var folder = Path.Combine(options.Work, Name);
        var sinkPort = FreePort.Take();
        var surroundings = new Surroundings(FreePort.Take(), FreePort.Take(), Stand.Empty(folder), new($"http://127.0.0.1:{sinkPort}/"));
        using var receiver = await ServerProcess.StartAsync(contestants.Delivering, surroundings, requests);

        double sinkLimit, empty;
        using (var sink = await Stand.StartSinkAsync(contestants, sinkPort, $"{folder}-sink", requests))
        {
            sinkLimit = await SinkLimitAsync(options, sink, requests);
            await PostAsync(receiver, requests, 1, Math.Max(options.Backlog / 10, EventsPerRequest));
            await DrainAsync(receiver);
            await Task.Delay(Rest, TimeProvider.System);
            empty = ProcessUsage.ResidentMib(receiver.Id);
        }

        var filled = Stopwatch.GetTimestamp();
        await PostAsync(receiver, requests, 1 + (options.Backlog / 10), options.Backlog);
        await Console.Error.WriteLineAsync($"backlog  {await receiver.BacklogAsync()} events taken in {Stopwatch.GetElapsedTime(filled).TotalSeconds:F0} s");
        await Task.Delay(Rest, TimeProvider.System);
        var full = ProcessUsage.ResidentMib(receiver.Id);

        await using var watch = new MemoryWatch(receiver.Id);
        var before = ProcessUsage.Cpu(receiver.Id);
        using var back = await Stand.StartSinkAsync(contestants, sinkPort, $"{folder}-sink", requests);
        var (events, elapsed) = await DrainAsync(receiver);
        var cpu = ProcessUsage.Cpu(receiver.Id) - before;
        return BacklogLine.Of(options.Backlog, empty, full, watch.MostMib, events / elapsed.TotalSeconds, sinkLimit, cpu.TotalMicroseconds / options.Backlog);
    }

    private static async Task<double> SinkLimitAsync(BenchOptions options, ServerProcess sink, RequestFile requests)
    {
        var load = await LoadGenerator.RunAsync(options.Script, sink.Url(requests), SinkConnections, options.Seconds, requests.ScriptArguments(1, requests.Count - 1));
        return load.Requests / load.Seconds;
    }

    private static Task PostAsync(ServerProcess receiver, RequestFile requests, int first, int count) => Parallel.ForAsync(
        0,
        count / EventsPerRequest,
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (batch, _) =>
        {
            var (proof, body) = RequestFile.LineBatch(first + (batch * EventsPerRequest), EventsPerRequest);
            if (!await receiver.AnswersAsync(requests, proof, body))
            {
                throw new InvalidOperationException("backlog: a request was not answered 200");
            }
        });

    // Since the first of them left: the receiver may take its time to notice that the sink is back.
    private static async Task<(long Events, TimeSpan Elapsed)> DrainAsync(ServerProcess receiver)
    {
        var most = await receiver.BacklogAsync();
        var (began, beganWith) = (Stopwatch.GetTimestamp(), most);
        for (var backlog = most; backlog > 0; backlog = await receiver.BacklogAsync())
        {
            if (backlog == most)
            {
                began = Stopwatch.GetTimestamp();
            }

            await Task.Delay(Poll, TimeProvider.System);
        }

        return (beganWith, Stopwatch.GetElapsedTime(began));
    }
}

/// <summary>The result of <see cref="Backlog"/>.</summary>
/// <param name="Bench">Always <c>receiver-backlog</c>.</param>
/// <param name="Events">Events that waited.</param>
/// <param name="EmptyRssMib">Memory after a tenth as many had been delivered and nothing waited.</param>
/// <param name="BacklogRssMib">Memory while all of them waited.</param>
/// <param name="DrainingRssMib">Most memory while they were delivered.</param>
/// <param name="DrainRps">Events delivered per second.</param>
/// <param name="SinkRps">What the sink takes from the load generator.</param>
/// <param name="RatioToSink">The former by the latter.</param>
/// <param name="DrainCpuUs">The receiver's processor time per event delivered, in microseconds.</param>
internal sealed record BacklogLine(
    string Bench, int Events, double EmptyRssMib, double BacklogRssMib, double DrainingRssMib, double DrainRps, double SinkRps, double RatioToSink, double DrainCpuUs)
{
    /// <summary>The medians of several runs.</summary>
    public static BacklogLine MedianOf(IReadOnlyList<BacklogLine> runs) => new(
        runs[0].Bench,
        runs[0].Events,
        Measurement.Median(runs, run => run.EmptyRssMib),
        Measurement.Median(runs, run => run.BacklogRssMib),
        Measurement.Median(runs, run => run.DrainingRssMib),
        Measurement.Median(runs, run => run.DrainRps),
        Measurement.Median(runs, run => run.SinkRps),
        Measurement.Median(runs, run => run.RatioToSink),
        Measurement.Median(runs, run => run.DrainCpuUs));

    /// <summary>The line of the figures.</summary>
    public static BacklogLine Of(int events, double empty, double full, double draining, double drainRps, double sinkRps, double cpuUs) => new(
        "receiver-backlog",
        events,
        Math.Round(empty, 1),
        Math.Round(full, 1),
        Math.Round(draining, 1),
        Math.Round(drainRps),
        Math.Round(sinkRps),
        Math.Round(drainRps / sinkRps, 2),
        Math.Round(cpuUs, 1));
}
