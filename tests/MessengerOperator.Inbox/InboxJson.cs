using System.Text.Json.Serialization;

namespace MessengerOperator.Inbox;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InboxReport))]
[JsonSerializable(typeof(InboxFault))]
[JsonSerializable(typeof(InboxError))]
internal sealed partial class InboxJson : JsonSerializerContext;
