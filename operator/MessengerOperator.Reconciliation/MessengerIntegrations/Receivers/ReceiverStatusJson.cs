using System.Text.Json.Serialization;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

/// <summary>The part of a receiver's <c>/status</c> that the operator reads. Fields that an older receiver has not are null or zero.</summary>
internal sealed record ReceiverStatusDocument(IReadOnlyList<ReceiverStatusRoute>? Routes);

/// <summary>One integration in it.</summary>
internal sealed record ReceiverStatusRoute(
    string? Integration, DateTimeOffset? LastEventAt, DateTimeOffset? LastHandshakeAt, ReceiverStatusSink? Sink, long Backlog = 0, long DeadLetters = 0);

/// <summary>Its sink.</summary>
internal sealed record ReceiverStatusSink(DateTimeOffset? FailingSince);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiverStatusDocument))]
internal sealed partial class ReceiverStatusJson : JsonSerializerContext;
