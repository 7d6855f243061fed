using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;

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
}
