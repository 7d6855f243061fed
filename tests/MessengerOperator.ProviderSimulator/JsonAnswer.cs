using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MessengerOperator.ProviderSimulator;

/// <summary>An answer in JSON, UTF-8 and not escaped more than needed; or without a body.</summary>
internal sealed partial record JsonAnswer(int Status, JsonNode? Body = null) : IProviderAnswer
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Body is null)
        {
            return;
        }

        context.Response.ContentType = ContentType;
        var body = Encoding.UTF8.GetBytes(Write(Body));
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>JSON text with letters of every language as they are.</summary>
    public static string Write(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            node.WriteTo(writer);
        }

        var json = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        return SupplementaryEscape.Replace(json, match => match.Groups["high"].Success ? string.Concat(Unit(match.Groups["high"]), Unit(match.Groups["low"])) : match.Value);
    }

    private static char Unit(Group hex) => (char)ushort.Parse(hex.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // The framework's writer escapes what lies beyond the basic plane (emoji) all the same. An escaped backslash is matched as well, so that what follows it is not taken for an escape.
    [GeneratedRegex(@"\\\\|\\u(?<high>[Dd][89ABab][0-9A-Fa-f]{2})\\u(?<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex SupplementaryEscape { get; }
}
