namespace MessengerOperator.ProviderSimulator;

/// <summary>The wall clock, and the factor by which provider durations are shortened.</summary>
/// <remarks>Only durations shrink: dates sent to clients stay real, because clients compare them with their own clock.</remarks>
internal sealed class SimulationTime(TimeProvider clock, double scale)
{
    private double _scale = Valid(scale);

    public TimeProvider Clock => clock;

    public double Scale
    {
        get => Volatile.Read(ref _scale);
        set => Volatile.Write(ref _scale, Valid(value));
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    public long UnixNow => Now.ToUnixTimeSeconds();

    /// <summary>The real time that a provider's duration takes here.</summary>
    public TimeSpan Shorten(TimeSpan providerDuration) => providerDuration * Scale;

    /// <summary>How long ago, in the provider's time, something happened.</summary>
    public TimeSpan ProviderElapsed(DateTimeOffset since) => (Now - since) / Scale;

    public static bool IsValidScale(double value) => double.IsFinite(value) && value > 0;

    private static double Valid(double value) =>
        IsValidScale(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time scale must be above 0.");
}
