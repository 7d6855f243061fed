using System.Text.Json.Serialization;

namespace MessengerOperator.Edge;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(IReadOnlyList<EdgeRoute>))]
internal sealed partial class EdgeJson : JsonSerializerContext;
