using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Controllers;

internal static partial class PipelineLog
{
    [LoggerMessage(EventId = 1, EventName = "StepFailed", Level = LogLevel.Warning, Message = "The step that owns {Condition} ended in {Error}")]
    public static partial void StepFailed(ILogger logger, string condition, string error);

    [LoggerMessage(EventId = 2, EventName = "StatusNotWritten", Level = LogLevel.Warning, Message = "The status of a failed pass could not be written either")]
    public static partial void StatusNotWritten(ILogger logger, Exception exception);
}
