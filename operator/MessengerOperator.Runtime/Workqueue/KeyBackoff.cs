using System.Collections.Concurrent;

namespace MessengerOperator.Runtime.Workqueue;

/// <summary>A pause per key that doubles with each failure, from <paramref name="min"/> to <paramref name="max"/>, spread by ±20 %.</summary>
/// <param name="min">The first pause.</param>
/// <param name="max">The cap, jitter included.</param>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class KeyBackoff<TKey>(TimeSpan min, TimeSpan max, Func<double> random)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, int> _failures = new();

    public int Failures(TKey key) => _failures.GetValueOrDefault(key);

    public TimeSpan Next(TKey key)
    {
        var failures = _failures.AddOrUpdate(key, 1, static (_, count) => count + 1);
        var pause = min.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 40));
        return TimeSpan.FromSeconds(Math.Min(Math.Min(pause, max.TotalSeconds) * Jitter.Spread(random), max.TotalSeconds));
    }

    public void Forget(TKey key) => _failures.TryRemove(key, out _);
}
