using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>Bounds the memory that the bodies of all requests take together. Until all of it is there and verified a body is a stranger's, and every connection may send one.</summary>
internal sealed class BodyBudget(ReceiverOptions options)
{
    /// <summary>Bytes that every body may take: what providers send seldom is more.</summary>
    public const int FreeBytes = 32 * 1024;

    private const long LeastBytes = 16L * 1024 * 1024;
    private const int LeastBodies = 4;

    private readonly long _mostBytes = Math.Max(LeastBytes, LeastBodies * options.MaxBodyBytes);
    private long _taken;

    /// <summary>Takes so many bytes; false when others have them.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= _mostBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}

/// <summary>There is no memory for a request's body now: the bodies of others have it.</summary>
internal sealed class NoRoomForBodyException : Exception;
