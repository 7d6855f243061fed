using System.Buffers;
using System.Text.Json;
using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Sinks.Http;

/// <summary>A CloudEvent as one JSON document (JSON event format 1.0).</summary>
internal static class StructuredEvent
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "application/cloudevents+json";

    private const int Room = 512;

    /// <summary>The document.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(CloudEvent cloudEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(cloudEvent.Data.Length + Room);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in cloudEvent.Attributes())
            {
                writer.WriteString(name, value);
            }

            writer.WriteString("datacontenttype", CloudEvent.DataContentType);
            writer.WritePropertyName("data");

            // Our own serialisation; it needs no second look.
            writer.WriteRawValue(cloudEvent.Data, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
