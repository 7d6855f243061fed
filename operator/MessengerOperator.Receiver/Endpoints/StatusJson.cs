using System.Text.Json.Serialization;

namespace MessengerOperator.Receiver.Endpoints;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(DeadLettersDocument))]
[JsonSerializable(typeof(DeadLettersDone))]
internal sealed partial class StatusJson : JsonSerializerContext;
