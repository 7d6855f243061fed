namespace MessengerOperator.Receiver.Sinks;

/// <summary>A connection that is made when it is needed and made anew when it broke. Everybody who needs it meanwhile waits for the same attempt, and after a failed one there is a short pause.</summary>
/// <typeparam name="T">The connection.</typeparam>
/// <param name="connect">Makes one; ends soon after its token is cancelled.</param>
/// <param name="isUsable">Whether one still works.</param>
/// <param name="limit">How long an attempt may take.</param>
/// <param name="time">The clock.</param>
internal sealed class SinkLink<T>(Func<CancellationToken, Task<T>> connect, Func<T, bool> isUsable, TimeSpan limit, TimeProvider time) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private Task<T>? _attempt;
    private volatile T? _current;
    private long _endedAt;
    private bool _closed;

    /// <summary>The connection. Fails as the attempt did.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_current is { } current && !isUsable(current))
            {
                _ = CloseAsync(current);
                (_current, _attempt) = (null, null);
            }
            else if (_attempt is { IsCompleted: true, IsCompletedSuccessfully: false } && time.GetElapsedTime(_endedAt) >= Pause)
            {
                _attempt = null;
            }

            _attempt ??= ConnectAsync();
            return _attempt.IsCompleted ? _attempt : _attempt.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<T>? last;
        lock (_lock)
        {
            (_closed, last) = (true, _attempt);
        }

        if (last is not null)
        {
            await last.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        if (_current is { } current)
        {
            await CloseAsync(current);
        }
    }

    private async Task<T> ConnectAsync()
    {
        // Off the caller's lock, and not on its stack.
        await Task.Yield();
        using var timeout = new CancellationTokenSource(limit, time);
        try
        {
            return _current = await connect(timeout.Token);
        }
        finally
        {
            _endedAt = time.GetTimestamp();
        }
    }

    private static async Task CloseAsync(T connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It is gone either way.
        }
    }
}
