using MessengerOperator.TestKit;

namespace MessengerOperator.Bench.Receiver;

/// <summary>A contestant at work, with its sink when it has one.</summary>
internal sealed class Stand : IDisposable
{
    // Nobody listens there, so deliveries fail at once; what fails for everybody is left alone by the receiver.
    private static readonly Uri NoSink = new("http://127.0.0.1:9/");

    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(50);

    private readonly ServerProcess? _sink;

    private Stand(ServerProcess server, ServerProcess? sink) => (Server, _sink) = (server, sink);

    /// <summary>The contestant.</summary>
    public ServerProcess Server { get; }

    /// <summary>Starts it, after its sink.</summary>
    /// <param name="contestants">Where the sink comes from.</param>
    /// <param name="contestant">Which.</param>
    /// <param name="folder">A folder for their files; emptied before.</param>
    /// <param name="requests">Requests that it understands.</param>
    public static async Task<Stand> StartAsync(Contestants contestants, Contestant contestant, string folder, RequestFile requests)
    {
        var sinkPort = FreePort.Take();
        var sink = contestant.Delivers ? await StartSinkAsync(contestants, sinkPort, $"{folder}-sink", requests) : null;
        try
        {
            var surroundings = new Surroundings(
                FreePort.Take(), FreePort.Take(), Empty(folder), sink is null ? NoSink : new($"http://127.0.0.1:{sinkPort}/"));
            return new(await ServerProcess.StartAsync(contestant, surroundings, requests), sink);
        }
        catch
        {
            sink?.Dispose();
            throw;
        }
    }

    /// <summary>Starts a sink that takes everything.</summary>
    public static Task<ServerProcess> StartSinkAsync(Contestants contestants, int port, string folder, RequestFile requests) =>
        ServerProcess.StartAsync(contestants.Raw, new(port, 0, Empty(folder), NoSink), requests);

    /// <summary>An empty folder.</summary>
    public static string Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Waits until everything is delivered.</summary>
    public async Task DrainedAsync()
    {
        while (_sink is not null && await Server.BacklogAsync() > 0)
        {
            await Task.Delay(DrainPoll, TimeProvider.System);
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        _sink?.Dispose();
    }
}
