using System.Net.Http.Headers;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Intake;

/// <summary>A CloudEvents 1.0 event whose data is JSON.</summary>
/// <param name="Id">The provider's id; with <paramref name="Source"/> it tells repeats.</param>
/// <param name="Source">The integration.</param>
/// <param name="Kind">What happened; the CloudEvents type is made of it.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Subject">The conversation; null when there is none.</param>
/// <param name="PartitionKey">Events with the same key keep their order; null when none is owed.</param>
/// <param name="Provider">The provider in lower case.</param>
/// <param name="TraceParent">W3C trace context of the request; null when it had none.</param>
/// <param name="Data">UTF-8 JSON, docs/schemas/event.v1.json.</param>
internal sealed record CloudEvent(
    string Id,
    string Source,
    EventType Kind,
    DateTimeOffset Time,
    string? Subject,
    string? PartitionKey,
    string Provider,
    string? TraceParent,
    byte[] Data)
{
    private const string SpecVersion = "1.0";

    /// <summary>For a dead letters' sink: why the event's own sink does not have it (refused, expired, exhausted); null otherwise.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>For a dead letters' sink: what the event's own sink last answered; null when it did not.</summary>
    public int? DeadLetterStatus { get; init; }

    /// <summary>Writes the attributes as the HTTP binding's binary mode wants them.</summary>
    public void WriteAttributes(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("ce-specversion", SpecVersion);
        headers.TryAddWithoutValidation("ce-id", CloudEventHeader.Encode(Id));
        headers.TryAddWithoutValidation("ce-source", CloudEventHeader.Encode(Source));
        headers.TryAddWithoutValidation("ce-type", EventTypes.CloudEventsType(Kind));
        headers.TryAddWithoutValidation("ce-time", Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", System.Globalization.CultureInfo.InvariantCulture));
        headers.TryAddWithoutValidation("ce-provider", Provider);
        Add(headers, "ce-subject", Subject);
        Add(headers, "ce-partitionkey", PartitionKey);
        Add(headers, "ce-traceparent", TraceParent);
        Add(headers, "traceparent", TraceParent);
        Add(headers, "ce-deadletterreason", DeadLetterReason);
        Add(headers, "ce-deadletterstatus", DeadLetterStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, CloudEventHeader.Encode(value));
        }
    }
}
