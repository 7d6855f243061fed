using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>
/// Lets those wait for their answer who send what no provider sends, once there are many of them: a client that hears nothing sends nothing on that connection, so that however fast it could be, it
/// leaves the processor to genuine requests. What it is told does not change, and a provider with a wrong secret, which sends few, waits for nothing.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="mostWaiting">How many may wait. Behind a proxy each holds a connection that a genuine request may need, so that there must be no more of them than can be spared.</param>
internal sealed class StrangersPace(TimeProvider time, int mostWaiting)
{
    /// <summary>Answers a second that are given at once.</summary>
    public const int AtOnce = 100;

    // Of the connections that a receiver may have.
    private const int WaitingShare = 4;

    /// <summary>How long every other one waits.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    private long _second;
    private int _given;
    private int _waiting;

    /// <summary>The one of a receiver that may have so many connections.</summary>
    public static StrangersPace For(int mostConnections) => new(TimeProvider.System, Math.Max(1, mostConnections / WaitingShare));

    /// <summary>Completes when the answer may be given; false when too many wait already: then its connection should be closed with it.</summary>
    /// <param name="result">What the answer will say.</param>
    /// <param name="request">The request. That its client goes away is followed only while it waits: asking for that costs an allocation.</param>
    public async Task<bool> BeforeAnswerAsync(RequestResult result, HttpContext request)
    {
        if (!IsStrange(result) || IsFirst())
        {
            return true;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > mostWaiting)
            {
                return false;
            }

            await Task.Delay(Wait, time, request.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

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
