using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MessengerOperator.Api.Tests.Cel;

namespace MessengerOperator.Api.Tests.Schema;

/// <summary>Treats objects as the API server does: fills in defaults, validates, runs the CEL rules. Reads the committed definition, not the generator.</summary>
public sealed class StructuralSchema
{
    private static readonly Lazy<StructuralSchema> Shared = new(Load);
    private readonly JsonObject _root;

    private StructuralSchema(JsonObject definition)
    {
        Definition = definition;
        _root = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
    }

    /// <summary>The definition in crds/.</summary>
    public static StructuralSchema Committed => Shared.Value;

    public static string CommittedPath => Path.Combine(YamlFiles.RepositoryRoot, "crds", "messengerintegrations.messenger-operator.io.yaml");

    public JsonObject Definition { get; }

    public JsonObject Root => _root;

    /// <summary>Fills in defaults where fields are absent.</summary>
    public JsonObject ApplyDefaults(JsonObject entity)
    {
        var result = entity.DeepClone().AsObject();
        ApplyDefaults(_root, result);
        return result;
    }

    /// <summary>What the schema alone refuses, without CEL; unknown fields too, which a server would drop.</summary>
    public IReadOnlyList<Violation> Validate(JsonObject entity) => [.. Validate(_root, ApplyDefaults(entity), "")];

    /// <summary>What a schema refuses of a part of an object, such as a default.</summary>
    public static IReadOnlyList<Violation> Validate(JsonObject schema, JsonNode part)
    {
        var filled = part.DeepClone();
        ApplyDefaults(schema, filled);
        return [.. Validate(schema, filled, "")];
    }

    /// <summary>The CEL rules that the object, or the change of it, breaks. Field is that of the rule, as servers before 1.28 report it.</summary>
    public IReadOnlyList<Violation> BrokenRules(JsonObject entity, JsonObject? old = null) =>
        [.. BrokenRules(_root, ApplyDefaults(entity), old is null ? null : ApplyDefaults(old), "")];

    /// <summary>Every schema in the definition with its path.</summary>
    public IEnumerable<(string Path, JsonObject Schema)> All() => All(_root, "");

    private static StructuralSchema Load() => new(YamlFiles.Read(CommittedPath).Single());

    private static IEnumerable<(string Path, JsonObject Schema)> All(JsonObject schema, string path)
    {
        yield return (path, schema);
        var inner = (schema["properties"] as JsonObject ?? [])
            .Select(property => (Schema: property.Value!.AsObject(), Path: $"{path}.{property.Key}"))
            .Concat(schema["items"] is JsonObject items ? [(items, $"{path}[]")] : [])
            .Concat(schema["additionalProperties"] is JsonObject values ? [(values, $"{path}{{}}")] : []);
        foreach (var nested in inner.SelectMany(child => All(child.Schema, child.Path)))
        {
            yield return nested;
        }
    }

    private static void ApplyDefaults(JsonObject schema, JsonNode node)
    {
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            var map = node.AsObject();
            if (map[name] is null && property!["default"] is { } value)
            {
                map[name] = value.DeepClone();
            }

            if (map[name] is JsonObject or JsonArray)
            {
                ApplyDefaults(property!.AsObject(), map[name]!);
            }
        }

        if (schema["items"] is JsonObject items && node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonObject>())
            {
                ApplyDefaults(items, item);
            }
        }
    }

    private static IEnumerable<Violation> Validate(JsonObject schema, JsonNode? node, string path)
    {
        if (node is null || !HasType(schema, node))
        {
            return [new(path, "type")];
        }

        return node switch
        {
            JsonObject map => ValidateObject(schema, map, path),
            JsonArray list => ValidateList(schema, list, path),
            _ => ValidateValue(schema, node, path),
        };
    }

    private static IEnumerable<Violation> ValidateObject(JsonObject schema, JsonObject map, string path)
    {
        foreach (var name in Texts(schema["required"]).Where(name => !map.ContainsKey(name)))
        {
            yield return new($"{path}.{name}", "required");
        }

        if (schema["maxProperties"] is { } most && map.Count > most.GetValue<int>())
        {
            yield return new(path, "maxProperties");
        }

        // metadata is the server's own business.
        var open = schema["properties"] is null && schema["additionalProperties"] is null;
        foreach (var (name, value) in open ? [] : map)
        {
            var inner = schema["properties"]?[name] ?? schema["additionalProperties"];
            foreach (var violation in inner is null ? [new($"{path}.{name}", "unknown field")] : Validate(inner.AsObject(), value, $"{path}.{name}"))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<Violation> ValidateList(JsonObject schema, JsonArray list, string path)
    {
        if ((schema["minItems"] is { } least && list.Count < least.GetValue<int>()) || (schema["maxItems"] is { } most && list.Count > most.GetValue<int>()))
        {
            yield return new(path, "items");
        }

        var keys = Texts(schema["x-kubernetes-list-map-keys"]).ToArray();
        if (keys.Length > 0 && list.GroupBy(item => string.Join('|', keys.Select(key => item![key]?.ToJsonString()))).Any(group => group.Count() > 1))
        {
            yield return new(path, "duplicate");
        }

        foreach (var violation in list.SelectMany((item, i) => Validate(schema["items"]!.AsObject(), item, $"{path}[{i}]")))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> ValidateValue(JsonObject schema, JsonNode node, string path)
    {
        if (node.GetValueKind() == JsonValueKind.String)
        {
            var text = node.GetValue<string>();
            if (text.Length < (schema["minLength"]?.GetValue<int>() ?? 0) || text.Length > (schema["maxLength"]?.GetValue<int>() ?? int.MaxValue))
            {
                yield return new(path, "length");
            }

            if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, Re2.ToNet(pattern.GetValue<string>())))
            {
                yield return new(path, "pattern");
            }

            if (schema["enum"] is not null && !Texts(schema["enum"]).Contains(text))
            {
                yield return new(path, "enum");
            }
        }
        else if (node.GetValueKind() == JsonValueKind.Number)
        {
            var number = decimal.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
            if (number < (schema["minimum"]?.GetValue<long>() ?? long.MinValue) || number > (schema["maximum"]?.GetValue<long>() ?? long.MaxValue))
            {
                yield return new(path, "range");
            }
        }
    }

    private static bool HasType(JsonObject schema, JsonNode node) => (schema["type"]?.GetValue<string>(), node.GetValueKind()) switch
    {
        (null, JsonValueKind.String or JsonValueKind.Number) => schema["x-kubernetes-int-or-string"] is not null,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => !node.ToJsonString().Contains('.', StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<Violation> BrokenRules(JsonObject schema, JsonNode node, JsonNode? old, string path)
    {
        foreach (var rule in schema["x-kubernetes-validations"] as JsonArray ?? [])
        {
            if (IsBroken(rule!["rule"]!.GetValue<string>(), node, old))
            {
                yield return new(path.TrimStart('.'), rule["message"]!.GetValue<string>());
            }
        }

        var children = node switch
        {
            JsonObject map => map.Where(entry => entry.Value is not null).Select(entry =>
                (Schema: schema["properties"]?[entry.Key] ?? schema["additionalProperties"], Node: entry.Value!, Old: (old as JsonObject)?[entry.Key], Path: $"{path}.{entry.Key}")),
            JsonArray list => list.Select((item, i) => (Schema: schema["items"], Node: item!, Old: (JsonNode?)null, Path: $"{path}[{i}]")),
            _ => [],
        };
        foreach (var violation in children.Where(child => child.Schema is not null).SelectMany(child => BrokenRules(child.Schema!.AsObject(), child.Node, child.Old, child.Path)))
        {
            yield return violation;
        }
    }

    private static bool IsBroken(string rule, JsonNode node, JsonNode? old)
    {
        // A rule that speaks of the old value is run on changes only.
        if (rule.Contains("oldSelf", StringComparison.Ordinal) && old is null)
        {
            return false;
        }

        try
        {
            return !CelExpression.Parse(rule).Evaluate(node, old);
        }
        catch (CelException)
        {
            // The API server refuses the object when a rule cannot be evaluated.
            return true;
        }
    }

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(item => item!.GetValue<string>());
}
