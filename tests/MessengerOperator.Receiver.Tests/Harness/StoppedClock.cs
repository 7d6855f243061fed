using MessengerOperator.Receiver.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>Receivers whose clock stands still until the test moves it, and whose pauses have no jitter: the longest that they may have.</summary>
internal sealed class StoppedClock
{
    /// <summary>The time.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Starts a receiver with a spool.</summary>
    public Task<ReceiverUnderTest> StartAsync(TestSink sink, string? spool = null, Action<ReceiverOptions>? options = null, Action<string>? prepare = null) => ReceiverUnderTest.StartWithSpoolAsync(
        sink,
        spool,
        values =>
        {
            // What a test does not ask for does not happen however far it moves the clock.
            (values.ReloadInterval, values.SinkTimeout, values.BodyTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            options?.Invoke(values);
        },
        prepare,
        services => services.AddSingleton<TimeProvider>(Time).AddSingleton<Func<double>>(static () => 1));

    /// <summary>Moves the clock in small steps until something holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what, double stepSeconds = 0.1) => UntilAsync(() => Task.FromResult(condition()), what, stepSeconds);

    /// <summary>Moves the clock in small steps until something holds.</summary>
    public Task UntilAsync(Func<Task<bool>> condition, string what, double stepSeconds = 0.1) => Eventually.HoldsAsync(
        async () =>
        {
            if (await condition())
            {
                return true;
            }

            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            return false;
        },
        what);

    /// <summary>Moves the clock on, in small steps.</summary>
    public void Pass(TimeSpan time)
    {
        var step = time > TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(100);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Time.Advance(step);
        }
    }
}
