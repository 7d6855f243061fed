using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Everything that the receiver logs. No paths of requests, no header values, no bodies: paths and headers may be secrets, bodies are the customers'.</summary>
internal static partial class ReceiverLog
{
    [LoggerMessage(1, LogLevel.Information, "Serving {Routes} integrations, {Ready} of them ready", EventName = "ConfigurationLoaded")]
    public static partial void ConfigurationLoaded(ILogger logger, int routes, int ready);

    [LoggerMessage(2, LogLevel.Error, "The new configuration was turned down, the last good one stays in use: {Problems}", EventName = "ConfigurationRejected")]
    public static partial void ConfigurationRejected(ILogger logger, string problems);

    [LoggerMessage(3, LogLevel.Warning, "{Integration} is incomplete: {Problems}", EventName = "RouteIncomplete")]
    public static partial void RouteIncomplete(ILogger logger, string integration, string problems);

    [LoggerMessage(4, LogLevel.Error, "The configuration could not be read again; what is in use stays", EventName = "ReloadFailed")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "The sink of {Integration} does not take events: {Outcome}, status {StatusCode}, {Problem}", EventName = "SinkFailing")]
    public static partial void SinkFailing(ILogger logger, string integration, SinkOutcome outcome, int? statusCode, string problem);

    [LoggerMessage(6, LogLevel.Information, "The sink of {Integration} takes events again", EventName = "SinkRecovered")]
    public static partial void SinkRecovered(ILogger logger, string integration);

    [LoggerMessage(7, LogLevel.Debug, "A request for {Integration} was refused: {Reason}", EventName = "RequestRefused")]
    public static partial void RequestRefused(ILogger logger, string integration, string reason);

    [LoggerMessage(8, LogLevel.Warning, "A genuine request of {Provider} for {Integration} could not be read", EventName = "RequestMalformed")]
    public static partial void RequestMalformed(ILogger logger, string provider, string integration);

    [LoggerMessage(9, LogLevel.Warning, "An event of {Provider} names an account that is not served here; it was dropped", EventName = "EventUnrouted")]
    public static partial void EventUnrouted(ILogger logger, string provider);

    [LoggerMessage(10, LogLevel.Error, "A request failed for a reason of our own; the provider is told to try again", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Information, "Asked to stop: not ready any more, serving on for {Lameduck}", EventName = "Draining")]
    public static partial void Draining(ILogger logger, TimeSpan lameduck);

    [LoggerMessage(12, LogLevel.Information, "Listening: traffic on {Traffic}, management on {Management}", EventName = "Listening")]
    public static partial void Listening(ILogger logger, string traffic, string management);

    [LoggerMessage(13, LogLevel.Error, "{Integration} is in {Document} and in {Earlier}; the earlier one counts", EventName = "IntegrationRepeated")]
    public static partial void IntegrationRepeated(ILogger logger, string integration, string document, string earlier);

    [LoggerMessage(20, LogLevel.Information, "The spool is open: {Backlog} events to deliver, {DeadLetters} dead letters", EventName = "SpoolOpened")]
    public static partial void SpoolOpened(ILogger logger, long backlog, long deadLetters);

    [LoggerMessage(21, LogLevel.Error, "The spool cannot be written ({Trouble}): {Message}; providers are told to try again", EventName = "SpoolUnavailable")]
    public static partial void SpoolUnavailable(ILogger logger, SqliteTrouble trouble, string message);

    [LoggerMessage(22, LogLevel.Information, "The spool can be written again", EventName = "SpoolRecovered")]
    public static partial void SpoolRecovered(ILogger logger);

    [LoggerMessage(23, LogLevel.Warning, "The spool is {State}; {Used} of {Usable} bytes are in use", EventName = "SpoolRoomChanged")]
    public static partial void SpoolRoomChanged(ILogger logger, string state, long used, long usable);

    [LoggerMessage(24, LogLevel.Error, "The spool is damaged and was set aside as {File}; a new one is begun: {Message}", EventName = "SpoolSetAside")]
    public static partial void SpoolSetAside(ILogger logger, string file, string message);

    [LoggerMessage(25, LogLevel.Warning, "{File}, which had been set aside, was deleted to make room", EventName = "SetAsideDeleted")]
    public static partial void SetAsideDeleted(ILogger logger, string file);

    [LoggerMessage(26, LogLevel.Error, "The spool failed for a reason of our own; it is opened again", EventName = "SpoolFailed")]
    public static partial void SpoolFailed(ILogger logger, Exception exception);

    [LoggerMessage(27, LogLevel.Warning, "{Count} dead letters were removed: they had reached their age limit", EventName = "DeadLettersDiscarded")]
    public static partial void DeadLettersDiscarded(ILogger logger, int count);

    [LoggerMessage(28, LogLevel.Warning, "Event {Id} of {Source} was put aside: {Reason}, status {StatusCode}", EventName = "EventPutAside")]
    public static partial void EventPutAside(ILogger logger, string id, string source, DeadLetterReason reason, int? statusCode);

    [LoggerMessage(29, LogLevel.Error, "A delivery of {Integration} failed for a reason of our own; it will be tried again", EventName = "DeliveryFailed")]
    public static partial void DeliveryFailed(ILogger logger, string integration, Exception exception);

    [LoggerMessage(30, LogLevel.Warning, "Stopping with {Backlog} events in the spool", EventName = "SpoolNotDrained")]
    public static partial void SpoolNotDrained(ILogger logger, long backlog);

    [LoggerMessage(31, LogLevel.Warning, "Event {Id} of {Integration} stays a dead letter: the dead letters' sink refused it as well, status {StatusCode}", EventName = "DeadLetterKept")]
    public static partial void DeadLetterKept(ILogger logger, string id, string integration, int? statusCode);

    [LoggerMessage(33, LogLevel.Warning, "The spool may take {Asked} bytes, and its disk has less; it takes {Total}", EventName = "SpoolDiskSmall")]
    public static partial void SpoolDiskSmall(ILogger logger, long asked, long total);

    [LoggerMessage(32, LogLevel.Warning, "{Events} events and {DeadLetters} dead letters were recovered from {File}; in {Gaps} places it could not be read", EventName = "SpoolSalvaged")]
    public static partial void SpoolSalvaged(ILogger logger, int events, int deadLetters, int gaps, string file);
}
