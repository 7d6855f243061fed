using MessengerOperator.Meta;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Controllers;

internal static partial class ControllerLog
{
    [LoggerMessage(EventId = 10, EventName = "Conflict", Level = LogLevel.Debug, Message = "{Controller} {Key} was changed by somebody else meanwhile; trying again at once")]
    public static partial void Conflict(ILogger logger, string controller, NamespacedName key);

    [LoggerMessage(EventId = 11, EventName = "Failed", Level = LogLevel.Error, Message = "{Controller} {Key} failed (try {Attempt}); trying again later")]
    public static partial void Failed(ILogger logger, string controller, NamespacedName key, int attempt, Exception exception);
}
