using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>Every answer of the API.</summary>
/// <param name="Error">A code; null for success.</param>
/// <param name="Text">Words beside the code.</param>
/// <param name="Id">The account's id, of <c>me</c>.</param>
/// <param name="Name">The account's name, of <c>me</c>.</param>
/// <param name="Url">Where it delivers to, of <c>deliveries</c>.</param>
internal sealed record PigeonAnswer(string? Error, string? Text, string? Id, string? Name, string? Url);

/// <summary>Body that sets where it delivers to; null for nowhere.</summary>
internal sealed record PigeonDeliveries(string? Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PigeonAnswer))]
[JsonSerializable(typeof(PigeonDeliveries))]
internal sealed partial class PigeonJson : JsonSerializerContext;
