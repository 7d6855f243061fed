using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Discovery;

internal static partial class DiscoveryLog
{
    [LoggerMessage(EventId = 60, EventName = "ApiKind", Level = LogLevel.Information, Message = "The API server {Verb} {Kind} in {ApiVersion}")]
    public static partial void Kind(ILogger logger, string verb, string kind, string apiVersion);
}
