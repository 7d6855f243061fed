using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Writes the <c>data</c> of events.</summary>
public static class EventDataSerializer
{
    private const int UsualBytes = 2048;
    private const int MostKeptBytes = 64 * 1024;

    // The text goes into an application/json body, never into HTML: escaping every non-ASCII letter would treble most of the world's messages.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // The generated writing code itself: the serializer takes a slower way as soon as an encoder is set.
    private static readonly Action<Utf8JsonWriter, EventData> WriteData = EventJson.Default.EventData.SerializeHandler!;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The data as UTF-8 JSON.</summary>
    public static byte[] ToUtf8(EventData data)
    {
        var buffer = _buffer ??= new(UsualBytes);
        var writer = _writer ??= new(buffer, Options);
        try
        {
            WriteData(writer, data);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            _buffer = buffer.Capacity <= MostKeptBytes ? buffer : new(UsualBytes);
            _buffer.ResetWrittenCount();
            writer.Reset(_buffer);
        }
    }
}
