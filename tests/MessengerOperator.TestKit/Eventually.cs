using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace MessengerOperator.TestKit;

/// <summary>Assertions about a world that needs a moment. They return as soon as the condition holds; the deadline is generous because machines are slow.</summary>
public static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>The deadline unless another is given: 60 s or EVENTUALLY_SECONDS; an hour under a debugger.</summary>
    public static TimeSpan Deadline { get; } = Debugger.IsAttached ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("EVENTUALLY_SECONDS") ?? "60", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Waits until <paramref name="condition"/> is true.</summary>
    public static Task Holds(
        Func<bool> condition, TimeSpan? deadline = null, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        Holds(() => Task.FromResult(condition()), deadline, otherwise, expression);

    /// <inheritdoc cref="Holds(Func{bool}, TimeSpan?, Func{string}?, string)"/>
    public static async Task Holds(
        Func<Task<bool>> condition, TimeSpan? deadline = null, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(started) < (deadline ?? Deadline))
        {
            try
            {
                last = null;
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is not XunitException || exception is IAssertionException)
            {
                last = exception;
            }

            await Task.Delay(Poll, TimeProvider.System);
        }

        throw new XunitException($"It never came true within {deadline ?? Deadline}: {expression}\n{otherwise?.Invoke()}\n{last}");
    }

    /// <summary>Waits until <paramref name="get"/> gives something for which <paramref name="condition"/> is true, and returns it.</summary>
    public static async Task<T> Gets<T>(Func<Task<T>> get, Func<T, bool> condition, TimeSpan? deadline = null, [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        T? found = default;
        await Holds(
            async () =>
            {
                found = await get();
                return condition(found);
            },
            deadline, () => $"last seen: {(found is null ? "nothing" : KubernetesText.Of(found))}", expression);
        return found!;
    }

    /// <summary>Waits until a block of assertions passes.</summary>
    public static Task Passes(Func<Task> assertions, TimeSpan? deadline = null) => Holds(
        async () =>
        {
            await assertions();
            return true;
        },
        deadline, expression: "the assertions");
}
