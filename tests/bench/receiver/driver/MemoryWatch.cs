namespace MessengerOperator.Bench.Receiver;

/// <summary>Looks at a process's memory ten times a second.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private double _mostMib;

    /// <summary>Begins to watch.</summary>
    public MemoryWatch(int pid) => _watching = WatchAsync(pid);

    /// <summary>The most that it saw.</summary>
    public double MostMib => _mostMib;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(int pid)
    {
        while (!_stop.IsCancellationRequested)
        {
            _mostMib = Math.Max(_mostMib, ProcessUsage.ResidentMib(pid));
            await Task.Delay(Interval, TimeProvider.System, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
