namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>LINE's limits per channel and operation, in windows of real time.</summary>
/// <remarks>Only those low enough to be met: the endpoint 1000 a minute, its test 60 a minute (which tier is whose is not confirmed).</remarks>
internal sealed class LineRateLimits(SimulationTime time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, int> PerMinute = new(StringComparer.Ordinal)
    {
        [LineOperations.GetEndpoint] = 1000,
        [LineOperations.SetEndpoint] = 1000,
        [LineOperations.TestEndpoint] = 60,
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Calls)> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts a call; false when it is one too many.</summary>
    public bool TryTake(string operation)
    {
        if (!PerMinute.TryGetValue(operation, out var limit))
        {
            return true;
        }

        lock (_gate)
        {
            var now = time.Now;
            var (since, calls) = _windows.TryGetValue(operation, out var window) && now - window.Since < Window ? window : (now, 0);
            _windows[operation] = (since, calls + 1);
            return calls < limit;
        }
    }
}
