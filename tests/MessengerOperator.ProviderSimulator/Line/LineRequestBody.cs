using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Reads the JSON bodies of calls.</summary>
internal static class LineRequestBody
{
    /// <summary>The body's object, null for no body; or the refusal.</summary>
    public static async Task<(JsonObject? Body, JsonAnswer? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Length == 0)
        {
            return (null, null);
        }

        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, LineAnswers.Error(StatusCodes.Status415UnsupportedMediaType, $"The content type, {request.ContentType}, isn't supported"));
        }

        try
        {
            return JsonNode.Parse(text) is JsonObject body
                ? (body, null)
                : (null, LineAnswers.Error(StatusCodes.Status400BadRequest, "The request body could not be parsed as JSON"));
        }
        catch (JsonException failure)
        {
            return (null, LineAnswers.Error(
                StatusCodes.Status400BadRequest, $"The request body could not be parsed as JSON (line: {failure.LineNumber + 1}, column: {failure.BytePositionInLine + 1})"));
        }
    }

    /// <summary>The text of a member; null when it is absent or no text.</summary>
    public static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
