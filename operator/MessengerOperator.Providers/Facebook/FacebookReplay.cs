using System.Text.Json;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Bounds how long a captured request can be sent again.</summary>
/// <remarks>
/// Facebook signs no time, but the signed body has one in each entry, and Facebook gives up after 36 hours. Within that, repeats are told by the ids of
/// events. A request counts as old when its newest entry is: a batch with anything new in it is taken.
/// </remarks>
internal static class FacebookReplay
{
    /// <summary>Facebook's 36 hours, and half a day for clocks.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(48);

    /// <summary>Whether a request is older than any that Facebook still sends. A body that cannot be read or names no time is not old.</summary>
    public static bool IsTooOld(ReadOnlySpan<byte> body, DateTimeOffset now) => NewestTime(body) is { } newest && now - newest > MaxAge;

    private static DateTimeOffset? NewestTime(ReadOnlySpan<byte> body)
    {
        DateTimeOffset? newest = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && ReadTime(ref reader) is { } time && (newest is null || time > newest))
                {
                    newest = time;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Parsing says what is wrong with it.
        }

        return newest;
    }

    // {"entry": [{"time": …}]}: everything else is skipped whole.
    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        var isEntries = reader.CurrentDepth == 1 && reader.ValueTextEquals("entry"u8);
        var isTime = reader.CurrentDepth == 3 && reader.ValueTextEquals("time"u8);
        reader.Read();
        if (isTime && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var time))
        {
            return FacebookTime.Of(time);
        }

        if (!isEntries)
        {
            reader.Skip();
        }

        return null;
    }
}
