using System.Globalization;
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

    /// <summary>Media type of <see cref="Data"/>; the attribute <c>datacontenttype</c>, which each protocol has a place of its own for.</summary>
    public const string DataContentType = "application/json";

    /// <summary>For a dead letters' sink: why the event's own sink does not have it (refused, expired, exhausted); null otherwise.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>For a dead letters' sink: what the event's own sink last answered; null when it did not.</summary>
    public int? DeadLetterStatus { get; init; }

    /// <summary>Every attribute but <c>datacontenttype</c> by its name, as it is: sinks encode it as their protocol's binding wants.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes()
    {
        yield return new("specversion", SpecVersion);
        yield return new("id", Id);
        yield return new("source", Source);
        yield return new("type", EventTypes.CloudEventsType(Kind));
        yield return new("time", Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
        yield return new("provider", Provider);
        if (Subject is not null)
        {
            yield return new("subject", Subject);
        }

        if (PartitionKey is not null)
        {
            yield return new("partitionkey", PartitionKey);
        }

        if (TraceParent is not null)
        {
            yield return new("traceparent", TraceParent);
        }

        if (DeadLetterReason is not null)
        {
            yield return new("deadletterreason", DeadLetterReason);
        }

        if (DeadLetterStatus is { } status)
        {
            yield return new("deadletterstatus", status.ToString(CultureInfo.InvariantCulture));
        }
    }
}
