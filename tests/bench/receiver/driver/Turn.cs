namespace MessengerOperator.Bench.Receiver;

/// <summary>Measures a contestant once, in a process of its own.</summary>
/// <param name="options">What is measured.</param>
/// <param name="requests">Prepared requests of each messenger.</param>
internal sealed class Turn(BenchOptions options, IReadOnlyDictionary<Messenger, RequestFile> requests)
{
    // What is sent to contestants that do not tell repeats.
    private const int Cycle = 20_000;
    private const int WarmUpRate = 30_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>How many requests a run of these options needs prepared.</summary>
    public static int RequestsNeeded(BenchOptions options) => 1 + ((options.WarmUpSeconds + options.Seconds) * WarmUpRate);

    /// <summary>Starts it, lets it rest, warms it up, measures it, ends it.</summary>
    /// <exception cref="InvalidOperationException">It answered something else than 2xx, or had to be sent repeats.</exception>
    public async Task<Measurement> TakeAsync(Contestant contestant, int connections)
    {
        var folder = Path.Combine(options.Work, $"{contestant.Name}-{connections}");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var file = requests[contestant.Messenger];
        var warmUp = contestant.TellsRepeats ? options.WarmUpSeconds * WarmUpRate : Cycle;
        var (measured, measuredFrom) = contestant.TellsRepeats ? (file.Count - warmUp - 1, warmUp + 1) : (Cycle, 1);

        using var running = await RunningContestant.StartAsync(contestant, folder, file, first: 0);
        await Task.Delay(Rest, TimeProvider.System);
        var idle = ProcessUsage.ResidentMib(running.Id);
        await LoadAsync(contestant, running, connections, options.WarmUpSeconds, file.ScriptArguments(1, warmUp), warmUp);

        var watch = new MemoryWatch(running.Id);
        LoadResult load;
        TimeSpan cpu;
        await using (watch)
        {
            var before = ProcessUsage.Cpu(running.Id);
            load = await LoadAsync(contestant, running, connections, options.Seconds, file.ScriptArguments(measuredFrom, measured), measured);
            cpu = ProcessUsage.Cpu(running.Id) - before;
        }

        return new(cpu.TotalMicroseconds / load.Requests, load.Requests / load.Seconds, load.P99Ms, watch.MostMib, idle, running.StartedIn.TotalMilliseconds);
    }

    private async Task<LoadResult> LoadAsync(
        Contestant contestant, RunningContestant running, int connections, int seconds, IReadOnlyList<string> scriptArguments, int distinct)
    {
        var load = await LoadGenerator.RunAsync(options.Script, running.Url, connections, seconds, scriptArguments);
        if (load.Requests == 0 || load.Refused > 0 || load.Failed > 0)
        {
            throw new InvalidOperationException($"{contestant.Name}: {load.Requests} requests, {load.Refused} of them refused, {load.Failed} more without an answer");
        }

        if (contestant.TellsRepeats && load.Requests > distinct)
        {
            throw new InvalidOperationException($"{contestant.Name}: {load.Requests} requests, but only {distinct} different ones were prepared");
        }

        return load;
    }
}
