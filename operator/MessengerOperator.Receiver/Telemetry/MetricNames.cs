using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>The values of metric labels.</summary>
internal static class MetricNames
{
    public static string Of(RequestResult result) => result switch
    {
        RequestResult.Accepted => "accepted",
        RequestResult.Handshake => "handshake",
        RequestResult.Probe => "probe",
        RequestResult.Refused => "refused",
        RequestResult.Malformed => "malformed",
        RequestResult.NotFound => "not_found",
        RequestResult.MethodNotAllowed => "method_not_allowed",
        RequestResult.UnsupportedMediaType => "unsupported_media_type",
        RequestResult.TooLarge => "too_large",
        RequestResult.NoRoom => "no_room",
        RequestResult.TooSlow => "too_slow",
        RequestResult.BadRequest => "bad_request",
        RequestResult.NotReady => "not_ready",
        RequestResult.NotTaken => "not_taken",
        RequestResult.Aborted => "aborted",
        _ => "failed",
    };

    public static string Of(VerificationResult reason) => reason switch
    {
        VerificationResult.WrongSignature => "wrong_signature",
        VerificationResult.MissingSignature => "missing_signature",
        VerificationResult.DuplicateSignature => "duplicate_signature",
        VerificationResult.MalformedSignature => "malformed_signature",
        VerificationResult.Expired => "expired",
        VerificationResult.UnsignedByProvider => "unsigned_by_provider",
        _ => "other",
    };

    public static string Of(SinkOutcome outcome) => outcome switch
    {
        SinkOutcome.Taken => "taken",
        SinkOutcome.Refused => "refused",
        SinkOutcome.Unavailable => "unavailable",
        SinkOutcome.TimedOut => "timed_out",
        SinkOutcome.Unreachable => "unreachable",
        _ => "overloaded",
    };

    public static string Of(SpoolOutcome outcome) => outcome switch
    {
        SpoolOutcome.Full => "full",
        SpoolOutcome.Overloaded => "overloaded",
        _ => "unavailable",
    };

    public static string Of(SqliteTrouble trouble) => trouble switch
    {
        SqliteTrouble.Full => "full",
        SqliteTrouble.Busy => "busy",
        SqliteTrouble.Corrupt => "corrupt",
        _ => "other",
    };

    public static string Of(DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Refused => "refused",
        DeadLetterReason.Expired => "expired",
        _ => "exhausted",
    };
}
