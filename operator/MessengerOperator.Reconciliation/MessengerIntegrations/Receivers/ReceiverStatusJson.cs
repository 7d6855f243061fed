using System.Text.Json.Serialization;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

/// <summary>The part of a receiver's <c>/status</c> that the operator reads. Fields that an older receiver has not are null or zero.</summary>
internal sealed record ReceiverStatusDocument(IReadOnlyList<ReceiverStatusRoute>? Routes, ReceiverStatusSpool? Spool)
{
    /// <summary>Events in the spool whose sink fails, of all integrations.</summary>
    public long Stuck => Spool is null ? 0 : Routes?.Where(route => route.Sink?.FailingSince is not null).Sum(route => route.Backlog) ?? 0;

    /// <summary>What it says of an integration; null when it does not know it.</summary>
    public ReceiverReport? ReportOf(string integration) => Routes?.FirstOrDefault(route => route.Integration == integration) is { } found
        ? new(
            found.LastEventAt,
            found.LastHandshakeAt,

            // With a spool an attempt that failed is over when nothing waits: the event was put aside.
            Spool is not null && found.Backlog == 0 ? null : found.Sink?.FailingSince,
            found.Backlog,
            found.OldestUndeliveredAt,
            found.DeadLetters,
            Spool switch
            {
                { Full: true } => SpoolState.Full,
                { Available: false } => SpoolState.Unavailable,
                _ => SpoolState.Available,
            })
        : null;
}

/// <summary>The spool in it; null when there is none.</summary>
internal sealed record ReceiverStatusSpool(bool Available, bool Full);

/// <summary>One integration in it.</summary>
internal sealed record ReceiverStatusRoute(
    string? Integration,
    DateTimeOffset? LastEventAt,
    DateTimeOffset? LastHandshakeAt,
    ReceiverStatusSink? Sink,
    DateTimeOffset? OldestUndeliveredAt,
    long Backlog = 0,
    long DeadLetters = 0);

/// <summary>Its sink.</summary>
internal sealed record ReceiverStatusSink(DateTimeOffset? FailingSince);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiverStatusDocument))]
internal sealed partial class ReceiverStatusJson : JsonSerializerContext;
