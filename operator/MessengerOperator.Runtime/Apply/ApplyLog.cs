using MessengerOperator.Meta;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Apply;

internal static partial class ApplyLog
{
    [LoggerMessage(EventId = 50, EventName = "Applied", Level = LogLevel.Information, Message = "{Kind} {Key}: {Outcome}")]
    public static partial void Applied(ILogger logger, string kind, NamespacedName key, ApplyOutcome outcome);

    [LoggerMessage(EventId = 51, EventName = "Deleted", Level = LogLevel.Information, Message = "{Kind} {Key}: deleted")]
    public static partial void Deleted(ILogger logger, string kind, NamespacedName key);

    [LoggerMessage(EventId = 52, EventName = "Withdrawn", Level = LogLevel.Information, Message = "{Kind} {Key}: the part {Part} was taken back")]
    public static partial void Withdrawn(ILogger logger, string kind, NamespacedName key, string part);

    [LoggerMessage(EventId = 53, EventName = "Held", Level = LogLevel.Debug, Message = "{Kind} {Key}: not changed now")]
    public static partial void Held(ILogger logger, string kind, NamespacedName key);

    [LoggerMessage(EventId = 54, EventName = "HandedOver", Level = LogLevel.Information, Message = "{Kind} {Key}: fields were handed over as they are")]
    public static partial void HandedOver(ILogger logger, string kind, NamespacedName key);
}
