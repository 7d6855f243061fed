namespace MessengerOperator.Edge;

/// <summary>Keeps a route table as a file has it, looking at the file every half second.</summary>
/// <remarks>Looking is dull and works everywhere, mounted volumes with their symlinks included. A file that does not read leaves the routes as they were.</remarks>
internal sealed class RouteFile(string path, RouteTable routes, TimeProvider clock, TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private string? _loaded;

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await ReloadAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            if (text == _loaded)
            {
                return;
            }

            _loaded = text;
            routes.Load(text);
            await output.WriteLineAsync($"edge routes: {routes.Routes.Count} from {path}");
        }
        catch (Exception failure) when (failure is IOException or FormatException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"edge routes unchanged: {failure.Message}");
        }
    }
}
