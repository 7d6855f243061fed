using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.LeaderElection;

internal static partial class LeaderLog
{
    [LoggerMessage(EventId = 30, EventName = "NewLeader", Level = LogLevel.Information, Message = "The Lease {Lease} is held by {Leader}")]
    public static partial void Leader(ILogger logger, string lease, string leader);

    [LoggerMessage(EventId = 31, EventName = "LeaseError", Level = LogLevel.Warning, Message = "The Lease could not be read or written: {Error}")]
    public static partial void Error(ILogger logger, string error);

    [LoggerMessage(EventId = 32, EventName = "LeaseReleased", Level = LogLevel.Information, Message = "Gave back the Lease {Lease}")]
    public static partial void Released(ILogger logger, string lease);

    [LoggerMessage(EventId = 33, EventName = "LeadershipLost", Level = LogLevel.Critical, Message = "Leadership is lost; another process may already be writing. Stopping at once")]
    public static partial void Lost(ILogger logger);
}
