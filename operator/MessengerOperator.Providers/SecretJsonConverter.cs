using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessengerOperator.Providers;

/// <summary>Writes <see cref="Secret.Redacted"/> for every <see cref="Secret"/>, and refuses to read one.</summary>
internal sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A secret is never read from JSON; it comes from a mounted file or a Kubernetes Secret.");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Secret.Redacted);
}
