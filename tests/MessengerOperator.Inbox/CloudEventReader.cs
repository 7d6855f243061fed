using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.Inbox;

/// <summary>Reads CloudEvents 1.0 from HTTP requests, strictly: what the specification requires must be there.</summary>
internal static class CloudEventReader
{
    private const string StructuredType = "application/cloudevents+json";
    private const string BatchType = "application/cloudevents-batch+json";
    private const string HeaderPrefix = "ce-";
    private static readonly string[] Required = ["specversion", "id", "source", "type"];

    /// <exception cref="FormatException">The request is no valid CloudEvent; the message says why.</exception>
    public static async Task<CloudEvent> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var body = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        var contentType = request.ContentType ?? string.Empty;
        if (contentType.StartsWith(BatchType, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("batches are not taken");
        }

        var read = contentType.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) ? Structured(body) : Binary(request, contentType, body);
        Validate(read.Attributes);
        return read;
    }

    private static CloudEvent Structured(string body)
    {
        if (Parse(body) is not JsonObject envelope)
        {
            throw new FormatException("a structured event is a JSON object");
        }

        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in envelope.Where(member => member.Key is not ("data" or "data_base64")))
        {
            attributes[name] = value?.GetValueKind() switch
            {
                JsonValueKind.String => value.GetValue<string>(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
                _ => throw new FormatException($"attribute '{name}' is no plain value"),
            };
        }

        return new CloudEvent { Structured = true, Attributes = attributes, Data = envelope["data"]?.DeepClone() };
    }

    private static CloudEvent Binary(HttpRequest request, string contentType, string body)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Headers.Where(header => header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            if (value.Count != 1)
            {
                throw new FormatException($"header '{name}' is doubled");
            }

            attributes[name[HeaderPrefix.Length..].ToLowerInvariant()] = Uri.UnescapeDataString(value.ToString());
        }

        if (contentType.Length > 0)
        {
            attributes["datacontenttype"] = contentType;
        }

        var isJson = contentType.Contains("json", StringComparison.OrdinalIgnoreCase);
        return new CloudEvent
        {
            Attributes = attributes,
            Data = isJson && body.Length > 0 ? Parse(body) : null,
            Text = isJson || body.Length == 0 ? null : body,
        };
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            throw new FormatException("the body is not JSON");
        }
    }

    private static void Validate(IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var name in Required)
        {
            if (string.IsNullOrEmpty(attributes.GetValueOrDefault(name)))
            {
                throw new FormatException($"required attribute '{name}' is missing or empty");
            }
        }

        if (attributes["specversion"] != "1.0")
        {
            throw new FormatException("specversion is not 1.0");
        }

        if (!Uri.TryCreate(attributes["source"], UriKind.RelativeOrAbsolute, out _))
        {
            throw new FormatException("source is no URI reference");
        }

        if (attributes.TryGetValue("time", out var time) && !DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            throw new FormatException("time is no RFC 3339 timestamp");
        }

        if (attributes.Keys.FirstOrDefault(name => name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))) is { } odd)
        {
            throw new FormatException($"attribute name '{odd}' is not lower-case letters and digits");
        }
    }
}
