using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessengerOperator.Api.Serialization;

/// <summary>Reads and writes an enum as the name of its member; a text it does not know is read as the member with value 0.</summary>
/// <remarks>
/// The API server allows only known values, but an operator may be older than the resource definition. One object
/// with a newer value must not make a whole list unreadable, so it is read as <c>Unrecognized</c> and refused by a check.
/// </remarks>
public sealed class EnumTextConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    /// <inheritdoc />
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return default;
        }

        return Enum.TryParse<TEnum>(reader.GetString(), ignoreCase: false, out var value) && Enum.IsDefined(value) ? value : default;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
