using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Parameters of a call by name: of the query, of a form, or the members of a JSON body.</summary>
internal sealed class FacebookArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>All of them, secrets included.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>A parameter; null when it is absent or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The parts of a list.</summary>
    public IReadOnlyList<string> List(string name) => this[name]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A parameter that is an object, as JSON text in a form or as itself in a JSON body.</summary>
    public JsonObject? Object(string name) => this[name] is { } text ? Parse(text) as JsonObject : null;

    public static async Task<FacebookArguments> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var arguments = new FacebookArguments();
        foreach (var (name, value) in request.Query)
        {
            arguments._values[name] = value.ToString();
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(cancellationToken))
            {
                arguments._values[name] = value.ToString();
            }
        }
        else if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            using var reader = new StreamReader(request.Body, leaveOpen: true);
            foreach (var (name, value) in Parse(await reader.ReadToEndAsync(cancellationToken)) as JsonObject ?? [])
            {
                arguments._values[name] = value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? string.Empty;
            }
        }

        return arguments;
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
