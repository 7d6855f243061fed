using System.Text.Json;
using System.Text.Json.Serialization;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Api.Serialization;

/// <summary>Reads and writes a <see cref="Duration"/> as its text; never throws on what a text says.</summary>
internal sealed class DurationJsonConverter : JsonConverter<Duration>
{
    /// <inheritdoc />
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new Duration(reader.GetString()!);
        }

        reader.Skip();
        return new Duration("");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
