using System.Globalization;
using System.Text.Json;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Reads fields of a genuine but foreign document: what is absent or of another type than documented is null, never an exception.</summary>
internal static class JsonElementExtensions
{
    extension(JsonElement element)
    {
        /// <summary>The object in a field.</summary>
        public JsonElement? Object(string field) => element.Field(field) is { ValueKind: JsonValueKind.Object } value ? value : null;

        /// <summary>The array in a field.</summary>
        public JsonElement? Array(string field) => element.Field(field) is { ValueKind: JsonValueKind.Array } value ? value : null;

        /// <summary>The text in a field; null when it is empty.</summary>
        public string? Text(string field) => element.Field(field)?.AsText();

        /// <summary>The element's own text; null when it is empty or another type.</summary>
        public string? AsText() => element.ValueKind == JsonValueKind.String && Decode(element) is { Length: > 0 } text ? text : null;

        /// <summary>An id in a field, as text, be it written as a text or as an integer of any size.</summary>
        public string? Id(string field) => element.Field(field) switch
        {
            { ValueKind: JsonValueKind.String } value => Decode(value) is { Length: > 0 } text ? text : null,
            { ValueKind: JsonValueKind.Number } value when IsInteger(value.GetRawText()) => value.GetRawText(),
            _ => null,
        };

        /// <summary>An integer in a field.</summary>
        public long? Integer(string field) =>
            element.Field(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

        /// <summary>A number in a field.</summary>
        public double? Number(string field) =>
            element.Field(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

        /// <summary>Whether a field is true.</summary>
        public bool IsTrue(string field) => element.Field(field) is { ValueKind: JsonValueKind.True };

        /// <summary>Seconds since 1970 in a field; null when absent, zero or out of range.</summary>
        public DateTimeOffset? UnixSeconds(string field) =>
            element.Integer(field) is > 0 and <= 253402300799L and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

        /// <summary>Milliseconds since 1970 in a field; null when absent, zero or out of range.</summary>
        public DateTimeOffset? UnixMilliseconds(string field) =>
            element.Integer(field) is > 0 and <= 253402300799999L and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

        private JsonElement? Field(string field) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) ? value : null;
    }

    private static bool IsInteger(string number) =>
        number.Length <= 40 && Int128.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static string Decode(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: grammatical JSON, no Unicode text. The customer's message still counts.
            return JsonText.DecodeLenient(text.GetRawText());
        }
    }
}
