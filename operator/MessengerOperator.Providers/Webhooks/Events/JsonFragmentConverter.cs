using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Writes a <see cref="JsonFragment"/> byte for byte.</summary>
internal sealed class JsonFragmentConverter : JsonConverter<JsonFragment>
{
    public override JsonFragment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new(Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
    }

    // It was parsed when it came in; parsing it again would double the cost of every event.
    public override void Write(Utf8JsonWriter writer, JsonFragment value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
