using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Reads a verified JSON body.</summary>
internal static class WebhookJson
{
    // The deepest real one nests less than 20 levels.
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a document's root element into events; null when it is not what the provider documents.</summary>
    /// <param name="root">Valid until the reader returns.</param>
    /// <param name="body">The bytes that it was parsed from.</param>
    /// <param name="context">What it is read with.</param>
    public delegate IReadOnlyList<MessengerEvent>? Reader(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context);

    /// <summary>
    /// Parses <paramref name="body"/> and hands it to <paramref name="read"/>. Never throws: what is no JSON, no Unicode, or nested too deep is <see cref="ParseResult.Malformed"/>.
    /// </summary>
    public static ParseResult Read(ReadOnlyMemory<byte> body, in ParseContext context, Reader read)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return ParseResult.NotReadable;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return read(document.RootElement, body, context) is { } events ? new ParseResult.Events(events) : ParseResult.NotReadable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: a field's name that is no Unicode text.
            return ParseResult.NotReadable;
        }
    }

    /// <summary>The bytes of an element as they stand in the body: what <see cref="EventData.Original"/> of one of several events is.</summary>
    public static JsonFragment Slice(ReadOnlyMemory<byte> body, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return body.Span.Overlaps(raw, out var offset) ? new(body.Slice(offset, raw.Length)) : new(raw.ToArray());
    }
}
