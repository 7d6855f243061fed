using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>
/// Lets those wait for their answer who send what no provider sends, once there are many of them: a client that hears nothing sends nothing on that connection, so that however fast it could be, it
/// takes no processor time from genuine requests. What it is told does not change, and a provider with a wrong secret, which sends few, waits for nothing.
/// </summary>
internal sealed class StrangersPace(TimeProvider time)
{
    /// <summary>Answers a second that are given at once.</summary>
    public const int AtOnce = 100;

    /// <summary>How long every other one waits. With as many connections as are allowed by default, 1024, that leaves some 5,000 answers a second.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    private long _second;
    private int _given;

    /// <summary>Completes when the answer may be given.</summary>
    public Task BeforeAnswerAsync(RequestResult result) => IsStrange(result) && !IsFirst() ? Task.Delay(Wait, time) : Task.CompletedTask;

    private static bool IsStrange(RequestResult result) =>
        result is RequestResult.NotFound or RequestResult.MethodNotAllowed or RequestResult.UnsupportedMediaType or RequestResult.Refused;

    // When a second begins, two threads may both begin it; some more answers at once do no harm.
    private bool IsFirst()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            Volatile.Write(ref _given, 0);
        }

        return Interlocked.Increment(ref _given) <= AtOnce;
    }
}
