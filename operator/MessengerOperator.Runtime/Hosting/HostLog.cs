using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Hosting;

internal static partial class HostLog
{
    [LoggerMessage(EventId = 70, EventName = "CachesFilled", Level = LogLevel.Information, Message = "All {Count} caches are filled")]
    public static partial void Synced(ILogger logger, int count);

    [LoggerMessage(EventId = 71, EventName = "Working", Level = LogLevel.Information, Message = "Starting {Count} controllers")]
    public static partial void Working(ILogger logger, int count);

    [LoggerMessage(EventId = 72, EventName = "OperatorFailed", Level = LogLevel.Critical, Message = "The operator cannot go on and ends")]
    public static partial void Failed(ILogger logger, Exception exception);
}
