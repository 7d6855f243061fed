namespace MessengerOperator.Runtime.Informers;

/// <summary>Pauses between tries to reach the API server: 100 ms doubling to 30 s, ±20 %.</summary>
internal sealed class ReconnectBackoff(Func<double> random)
{
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(30);
    private int _failures;

    public TimeSpan Next()
    {
        var pause = Min * Math.Pow(2, Math.Min(_failures++, 10));
        return Jitter.Around(pause < Max ? pause : Max, random);
    }

    public void Reset() => _failures = 0;
}
