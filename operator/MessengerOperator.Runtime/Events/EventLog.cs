using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Events;

internal static partial class EventLog
{
    [LoggerMessage(EventId = 40, EventName = "EventNotWritten", Level = LogLevel.Warning, Message = "The event {Reason} of {Kind} {Namespace}/{Name} could not be written")]
    public static partial void NotWritten(ILogger logger, string reason, string kind, string? @namespace, string name, Exception exception);
}
