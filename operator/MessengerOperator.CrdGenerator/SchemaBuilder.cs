using System.Reflection;
using System.Text.Json.Nodes;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.CrdGenerator;

/// <summary>Makes structural OpenAPI v3 schemas from C# types: no open objects, no $ref, no nullable fields.</summary>
internal sealed class SchemaBuilder(XmlDocumentation documentation)
{
    private const string QuantityPattern =
        @"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

    /// <summary>The schema of an entity: spec and status, and what every object has.</summary>
    public JsonObject BuildRoot(Type entity)
    {
        var properties = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["description"] = "Group and version of this object.", ["type"] = "string" },
            ["kind"] = new JsonObject { ["description"] = "Kind of this object.", ["type"] = "string" },
            ["metadata"] = new JsonObject { ["type"] = "object" },
            ["spec"] = BuildProperty(entity.GetProperty("Spec")!),
            ["status"] = BuildProperty(entity.GetProperty("Status")!),
        };
        return new JsonObject
        {
            ["description"] = documentation.Of(entity),
            ["type"] = "object",
            ["required"] = new JsonArray("spec"),
            ["properties"] = properties,
        };
    }

    private JsonObject BuildProperty(PropertyInfo property)
    {
        var schema = new JsonObject { ["description"] = documentation.Of(property) };
        Merge(schema, BuildType(Underlying(property.PropertyType), property));
        SchemaAttributes.Apply(schema, property);
        return schema;
    }

    private JsonObject BuildType(Type type, PropertyInfo property)
    {
        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (GenericArgument(type, typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>)) is { } valueType)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = BuildType(Underlying(valueType), property) };
        }

        if (GenericArgument(type, typeof(IReadOnlyList<>), typeof(IList<>)) is { } element)
        {
            return new JsonObject { ["type"] = "array", ["items"] = BuildType(Underlying(element), property) };
        }

        if (type == typeof(V1Condition))
        {
            return ConditionSchema.Build();
        }

        return EmbeddedTypes.IsEmbedded(type) ? BuildEmbedded(type) : BuildObject(type);
    }

    private JsonObject BuildObject(Type type)
    {
        var fields = FieldNames.FieldsOf(type).ToArray();
        var schema = new JsonObject { ["type"] = "object" };
        AddRequired(schema, fields.Where(field => field.IsDefined(typeof(RequiredAttribute))).Select(FieldNames.Of));
        schema["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(FieldNames.Of(field), (JsonNode?)BuildProperty(field))));
        SchemaAttributes.Apply(schema, type);
        return schema;
    }

    private JsonObject BuildEmbedded(Type type)
    {
        var schema = new JsonObject { ["type"] = "object" };
        AddRequired(schema, EmbeddedTypes.RequiredFieldsOf(type));
        var fields = FieldNames.FieldsOf(type).OrderBy(FieldNames.Of, StringComparer.Ordinal);
        schema["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(FieldNames.Of(field), (JsonNode?)BuildEmbeddedField(field))));
        if (EmbeddedTypes.IsAtomic(type))
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        return schema;
    }

    private JsonObject BuildEmbeddedField(PropertyInfo field)
    {
        var schema = BuildType(Underlying(field.PropertyType), field);
        if (GenericArgument(field.PropertyType, typeof(IList<>)) is not { } element)
        {
            return schema;
        }

        var key = EmbeddedTypes.ListMapKeyOf(element);
        schema["x-kubernetes-list-type"] = key is null ? "atomic" : "map";
        if (key is not null)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray(key);
        }

        return schema;
    }

    private static JsonObject? Simple(Type type)
    {
        if (type.IsEnum)
        {
            // The member with value 0 stands for what this version does not know; nobody may write it.
            var values = Enum.GetValuesAsUnderlyingType(type).Cast<int>().Where(value => value != 0).Select(value => JsonValue.Create(Enum.GetName(type, value)));
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values]) };
        }

        if (type == typeof(Duration))
        {
            var duration = new JsonObject { ["type"] = "string" };
            SchemaAttributes.Apply(duration, type);
            return duration;
        }

        if (type == typeof(ResourceQuantity) || type == typeof(IntOrString))
        {
            return IntegerOrText(type == typeof(ResourceQuantity) ? QuantityPattern : null);
        }

        return type switch
        {
            _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
            _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
            _ when type == typeof(int) => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            _ when type == typeof(long) => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ => null,
        };
    }

    private static JsonObject IntegerOrText(string? pattern)
    {
        var schema = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }) };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        schema["x-kubernetes-int-or-string"] = true;
        return schema;
    }

    private static void AddRequired(JsonObject schema, IEnumerable<string> fields)
    {
        var required = fields.Select(field => JsonValue.Create(field)).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required]);
        }
    }

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static Type? GenericArgument(Type type, params Type[] definitions) =>
        type.IsGenericType && definitions.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[^1] : null;

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source.ToArray())
        {
            source.Remove(key);
            target[key] = value;
        }
    }
}
