using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>What <c>GET /dead-letters</c> tells.</summary>
/// <param name="Count">Dead letters in the spool.</param>
/// <param name="Items">Some of them, in the order in which they were put aside. No content: that is the customers'.</param>
/// <param name="Next">What to ask for with <c>after</c> to get the following ones; null when these were the last.</param>
internal sealed record DeadLettersDocument(long Count, IReadOnlyList<DeadLetterItem> Items, long? Next);

/// <summary>One dead letter.</summary>
/// <param name="Id">Its number in the spool, to redrive it by.</param>
/// <param name="EventId">The CloudEvents id.</param>
/// <param name="Source">The CloudEvents source.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Time">When it happened.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="PutAsideAt">When it was put aside.</param>
/// <param name="Reason">refused, expired or exhausted.</param>
/// <param name="StatusCode">The sink's last answer; null when there was none.</param>
/// <param name="Attempts">How often the sink was asked since the receiver's start.</param>
internal sealed record DeadLetterItem(
    long Id,
    string EventId,
    string Source,
    string Type,
    DateTimeOffset Time,
    DateTimeOffset AcceptedAt,
    DateTimeOffset PutAsideAt,
    string Reason,
    int? StatusCode,
    int Attempts)
{
    /// <summary>The dead letter as it is shown.</summary>
    public static DeadLetterItem Of(DeadLetter letter) => new(
        letter.Number,
        letter.Stored.Content.Id,
        letter.Stored.Content.Source,
        EventTypes.CloudEventsType(letter.Stored.Content.Kind),
        letter.Stored.Content.Time,
        letter.Stored.AcceptedAt,
        letter.At,
        MetricNames.Of(letter.Reason),
        letter.StatusCode,
        letter.Attempts);
}

/// <summary>What became of dead letters.</summary>
/// <param name="Count">How many were redriven or discarded.</param>
internal sealed record DeadLettersDone(int Count);
