using MessengerOperator.Meta;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Informers;

internal static partial class InformerLog
{
    [LoggerMessage(EventId = 20, EventName = "HandlerFailed", Level = LogLevel.Error, Message = "A handler of {Kind} failed on {Key}")]
    public static partial void HandlerFailed(ILogger logger, string kind, NamespacedName key, Exception exception);

    [LoggerMessage(EventId = 21, EventName = "Unreadable", Level = LogLevel.Warning, Message = "{Kind} {Key} cannot be read ({Error}); its last good state is kept")]
    public static partial void Unreadable(ILogger logger, string kind, NamespacedName key, string error);

    [LoggerMessage(EventId = 25, EventName = "NotIndexed", Level = LogLevel.Error, Message = "{Kind} {Key} cannot be indexed; it is not found by that index")]
    public static partial void NotIndexed(ILogger logger, string kind, NamespacedName key, Exception exception);

    [LoggerMessage(EventId = 22, EventName = "Disconnected", Level = LogLevel.Warning, Message = "Lost the API server while watching {Kind} in '{Scope}': {Error}")]
    public static partial void Disconnected(ILogger logger, string kind, string scope, string error);

    [LoggerMessage(EventId = 23, EventName = "Expired", Level = LogLevel.Information, Message = "The watch of {Kind} in '{Scope}' is too far behind; listing again")]
    public static partial void Expired(ILogger logger, string kind, string scope);

    [LoggerMessage(EventId = 24, EventName = "Stalled", Level = LogLevel.Warning, Message = "The watch of {Kind} in '{Scope}' said nothing for {Silence}; opening a new one")]
    public static partial void Stalled(ILogger logger, string kind, string scope, TimeSpan silence);
}
