using StackExchange.Redis;

namespace MessengerOperator.Receiver.Sinks.Redis;

/// <summary>What Redis' failures mean. The first word of an error is its code; the rest is for people and goes nowhere.</summary>
internal static class RedisFailure
{
    /// <summary>The outcome; null for what is not from Redis.</summary>
    public static SinkResult? Of(Exception exception) => exception switch
    {
        RedisServerException server => OfCode(server.Message),
        RedisTimeoutException => new(SinkOutcome.TimedOut),
        RedisConnectionException connection => OfConnection(connection),
        _ => null,
    };

    private static SinkResult OfConnection(RedisConnectionException exception)
    {
        if (SinkProblem.Of(exception) is { } problem)
        {
            return new(SinkOutcome.Unreachable, Problem: problem);
        }

        // The handshake sends more than the password; that nothing else is allowed is no matter.
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } || (cause is RedisServerException server && OfCode(server.Message).Problem == SinkProblem.Credentials))
            {
                return new(SinkOutcome.Unavailable, Problem: SinkProblem.Credentials);
            }
        }

        return new(SinkOutcome.Unreachable);
    }

    private static SinkResult OfCode(string error) => error.Split(' ', 2)[0] switch
    {
        "WRONGPASS" or "NOAUTH" => new(SinkOutcome.Unavailable, Problem: SinkProblem.Credentials),
        "NOPERM" => new(SinkOutcome.Unavailable, Problem: SinkProblem.Permission),
        "WRONGTYPE" => new(SinkOutcome.Unavailable, Problem: "the key holds something that is not a stream"),
        "OOM" => new(SinkOutcome.Unavailable, Problem: "its memory is full"),
        "MISCONF" => new(SinkOutcome.Unavailable, Problem: "it cannot write to its disk"),
        "NOREPLICAS" => new(SinkOutcome.Unavailable, Problem: "too few of its replicas are there"),
        "READONLY" => new(SinkOutcome.Unavailable, Problem: "it is a replica, which takes nothing"),
        _ => new(SinkOutcome.Unavailable),
    };
}
