using System.Text.Json;

namespace MessengerOperator.Providers.Viber;

/// <summary>Reads a callback's time out of the verified bytes, before anything else is read.</summary>
internal static class ViberWebhookTime
{
    /// <summary>
    /// Whether the callback gives a time before <paramref name="limit"/>. One without a readable time is not old: whoever could leave it out could sign as well.
    /// </summary>
    public static bool IsOlder(ReadOnlySpan<byte> body, DateTimeOffset limit) => Timestamp(body) is { } milliseconds && milliseconds < limit.ToUnixTimeMilliseconds();

    private static long? Timestamp(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isTimestamp = reader.ValueTextEquals("timestamp"u8);
                reader.Read();
                if (isTimestamp)
                {
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds) ? milliseconds : null;
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON: the parser says so.
        }

        return null;
    }
}
