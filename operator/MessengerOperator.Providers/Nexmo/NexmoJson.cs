using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Answer of <c>account/settings</c>.</summary>
/// <param name="InboundUrl">Where messages go; empty when nowhere.</param>
/// <param name="StatusUrl">Where delivery receipts go; empty when nowhere.</param>
internal sealed record NexmoAccountSettings(
    [property: JsonPropertyName("mo-callback-url")] string? InboundUrl,
    [property: JsonPropertyName("dr-callback-url")] string? StatusUrl);

/// <summary>Answer of <c>account/numbers</c>.</summary>
/// <param name="Count">How many there are; null in an answer without any list.</param>
/// <param name="Numbers">Those of this page; null when there are none.</param>
internal sealed record NexmoOwnedNumbers(
    [property: JsonPropertyName("count")] long? Count,
    [property: JsonPropertyName("numbers")] IReadOnlyList<NexmoOwnedNumber?>? Numbers);

/// <summary>A number of the account. All but the first three belong to others and are only sent back as they were.</summary>
internal sealed record NexmoOwnedNumber(
    [property: JsonPropertyName("country")] string? Country,
    [property: JsonPropertyName("msisdn")] string? Msisdn,
    [property: JsonPropertyName("moHttpUrl")] string? InboundUrl,
    [property: JsonPropertyName("app_id")] string? ApplicationId,
    [property: JsonPropertyName("moSmppSysType")] string? SmppSystemType,
    [property: JsonPropertyName("voiceCallbackType")] string? VoiceCallbackType,
    [property: JsonPropertyName("voiceCallbackValue")] string? VoiceCallbackValue,
    [property: JsonPropertyName("voiceStatusCallback")] string? VoiceStatusCallback);

[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NexmoAccountSettings))]
[JsonSerializable(typeof(NexmoOwnedNumbers))]
internal sealed partial class NexmoJson : JsonSerializerContext;
