using System.Text.Encodings.Web;
using System.Text.Json;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Writes the <c>data</c> of events.</summary>
public static class EventDataSerializer
{
    // The text goes into an application/json body, never into HTML: escaping every non-ASCII letter would treble most of the world's messages.
    private static readonly EventJson Json = new(new JsonSerializerOptions(EventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The data as UTF-8 JSON.</summary>
    public static byte[] ToUtf8(EventData data) => JsonSerializer.SerializeToUtf8Bytes(data, Json.EventData);
}
