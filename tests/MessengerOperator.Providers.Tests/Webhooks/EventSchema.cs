using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MessengerOperator.Providers.Tests.Webhooks;

/// <summary>
/// Checks documents against docs/schemas/event.v1.json. Knows the keywords that this schema uses and fails at any other, so that none is
/// skipped in silence (the validators on the registry need packages that it does not have).
/// </summary>
internal static class EventSchema
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestProviders.RepositoryRoot, "docs", "schemas", "event.v1.json"))).RootElement;

    public static void AssertValid(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        var problem = Problem(Schema, document.RootElement, "$");
        Assert.True(problem is null, $"{problem}: {Encoding.UTF8.GetString(data)}");
    }

    private static string? Problem(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Problem(schema, keyword, value, path) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Problem(JsonElement schema, JsonProperty keyword, JsonElement value, string path) => keyword.Name switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" or "then" => null,
        "$ref" => Problem(Resolve(keyword.Value.GetString()!), value, path),
        "type" => Check(IsOfType(value, keyword.Value.GetString()!), path, keyword),
        "const" => Check(JsonElement.DeepEquals(value, keyword.Value), path, keyword),
        "enum" => Check(keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(value, allowed)), path, keyword),
        "required" => Check(keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)), path, keyword),
        "properties" => keyword.Value.EnumerateObject()
            .Select(property => value.TryGetProperty(property.Name, out var inner) ? Problem(property.Value, inner, $"{path}.{property.Name}") : null)
            .FirstOrDefault(problem => problem is not null),
        "additionalProperties" => value.EnumerateObject()
            .Where(property => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(property.Name, out _))
            .Select(property => Problem(keyword.Value, property.Value, $"{path}.{property.Name}"))
            .FirstOrDefault(problem => problem is not null),
        "minProperties" => Check(value.EnumerateObject().Count() >= keyword.Value.GetInt32(), path, keyword),
        "items" => value.EnumerateArray().Select(item => Problem(keyword.Value, item, path + "[]")).FirstOrDefault(problem => problem is not null),
        "minItems" => Check(value.GetArrayLength() >= keyword.Value.GetInt32(), path, keyword),
        "minLength" => Check(value.GetString()!.Length >= keyword.Value.GetInt32(), path, keyword),
        "minimum" => Check(value.GetDouble() >= keyword.Value.GetDouble(), path, keyword),
        "format" => Check(HasFormat(value.GetString()!, keyword.Value.GetString()!), path, keyword),
        "allOf" => keyword.Value.EnumerateArray().Select(inner => Problem(inner, value, path)).FirstOrDefault(problem => problem is not null),
        "anyOf" => Check(keyword.Value.EnumerateArray().Any(inner => Problem(inner, value, path) is null), path, keyword),
        "if" => Problem(keyword.Value, value, path) is null ? Problem(schema.GetProperty("then"), value, path) : null,
        var unknown => throw new NotSupportedException($"This check does not know the keyword {unknown}."),
    };

    private static string? Check(bool holds, string path, JsonProperty keyword) => holds ? null : $"{path} breaks {keyword.Name}";

    private static JsonElement Resolve(string reference)
    {
        var element = Schema;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
        {
            element = element.GetProperty(part);
        }

        return element;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"This check does not know the type {type}."),
    };

    private static bool HasFormat(string value, string format) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && value.Contains('T', StringComparison.Ordinal),
        "uri" => Uri.TryCreate(value, UriKind.Absolute, out _),
        _ => throw new NotSupportedException($"This check does not know the format {format}."),
    };
}
