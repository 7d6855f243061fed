namespace MessengerOperator.Bench.Receiver;

/// <summary>Measures a contestant once, in a process of its own.</summary>
/// <param name="options">What is measured.</param>
/// <param name="contestants">All servers.</param>
/// <param name="requests">Prepared requests of each messenger.</param>
internal sealed class Turn(BenchOptions options, Contestants contestants, IReadOnlyDictionary<Messenger, RequestFile> requests)
{
    // What goes round and round to contestants that do not tell repeats.
    private const int Cycle = 20_000;

    // More than a contestant that tells them takes in a second.
    private const int PreparedPerSecond = 80_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>How many different requests the longest measurement needs.</summary>
    public static int RequestsNeeded(BenchOptions options, Messenger messenger) =>
        messenger == Messenger.Line ? 1 + ((options.WarmUpSeconds + options.Seconds) * PreparedPerSecond) : 1 + Cycle;

    /// <summary>Starts it, lets it rest, warms it up, measures it, ends it.</summary>
    /// <exception cref="InvalidOperationException">It answered something else than 2xx, or had to be sent repeats.</exception>
    public async Task<Measurement> TakeAsync(Contestant contestant, int connections)
    {
        var file = requests[contestant.Messenger];
        var folder = Path.Combine(options.Work, $"{contestant.Name}-{connections}");
        using var stand = await Stand.StartAsync(contestants, contestant, folder, file);
        var server = stand.Server;
        await Task.Delay(Rest, TimeProvider.System);
        var idle = ProcessUsage.ResidentMib(server.Id);

        // The first request was the one that started it.
        var warmUp = contestant.TellsRepeats ? options.WarmUpSeconds * PreparedPerSecond : Cycle;
        await LoadAsync(contestant, server, connections, options.WarmUpSeconds, 1, warmUp);
        await stand.DrainedAsync();

        var measured = contestant.TellsRepeats ? options.Seconds * PreparedPerSecond : Cycle;
        await using var watch = new MemoryWatch(server.Id);
        var before = ProcessUsage.Cpu(server.Id);
        var load = await LoadAsync(contestant, server, connections, options.Seconds, contestant.TellsRepeats ? warmUp + 1 : 1, measured);
        await stand.DrainedAsync();
        var cpu = ProcessUsage.Cpu(server.Id) - before;
        return new(cpu.TotalMicroseconds / load.Requests, load.Requests / load.Seconds, load.P99Ms, watch.MostMib, idle, server.StartedIn.TotalMilliseconds);
    }

    private async Task<LoadResult> LoadAsync(Contestant contestant, ServerProcess server, int connections, int seconds, int first, int distinct)
    {
        var file = requests[contestant.Messenger];
        var load = await LoadGenerator.RunAsync(options.Script, server.Url(file), connections, seconds, file.ScriptArguments(first, distinct));
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
