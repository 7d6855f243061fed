using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Reads and writes the documents that operator and receiver share.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ReceiverConfiguration))]
public sealed partial class ReceiverJson : JsonSerializerContext;
