using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Reads and writes the <c>data</c> of events; to write it, prefer <see cref="EventDataSerializer"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventData))]
public sealed partial class EventJson : JsonSerializerContext;
