namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>Customers who write all the time, about twenty messages a second, until it is ended.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int AtOnce = 2;
    private const int Customers = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<string> _sent = [];
    private readonly Task _writing;

    private Traffic(Simulator simulator, string text) => _writing = WriteAsync(simulator, text);

    /// <summary>Begins.</summary>
    public static Traffic Of(Simulator simulator, string text) => new(simulator, text);

    /// <summary>Ends; gives the ids of everything that was written.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await _end.CancelAsync();
        await _writing;
        return _sent;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private async Task WriteAsync(Simulator simulator, string text)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        do
        {
            _sent.AddRange(await simulator.SendAsync($"{text} {{n}}", AtOnce, Customers));
        }
        while (!_end.IsCancellationRequested && await NextAsync(timer));
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
