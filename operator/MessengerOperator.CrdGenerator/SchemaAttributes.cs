using System.Reflection;
using System.Text.Json.Nodes;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.CrdGenerator;

/// <summary>Adds what the attributes of a property or a type say to its schema.</summary>
internal static class SchemaAttributes
{
    public static void Apply(JsonObject schema, MemberInfo member)
    {
        foreach (var attribute in member.GetCustomAttributes(inherit: false))
        {
            Apply(schema, attribute);
        }

        AddList(schema, member);
        AddRules(schema, member);
    }

    private static void Apply(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case PatternAttribute pattern:
                schema["pattern"] = pattern.RegexPattern;
                break;
            case FormatAttribute format:
                schema["format"] = format.Format;
                break;
            case LengthAttribute length:
                AddBounds(schema, "Length", length.MinLength, length.MaxLength);
                break;
            case ItemsAttribute items:
                AddBounds(schema, "Items", items.MinItems, items.MaxItems);
                break;
            case PropertyLimitsAttribute limits:
                AddBounds(schema, "Properties", limits.MinProperties, limits.MaxProperties);
                break;
            case RangeMinimumAttribute minimum:
                schema["minimum"] = minimum.Minimum;
                break;
            case RangeMaximumAttribute maximum:
                schema["maximum"] = maximum.Maximum;
                break;
            case DefaultValueAttribute value:
                schema["default"] = Default(value);
                break;
            case ElementAttribute element:
                AddElement(schema, element);
                break;
            case XMapTypeAttribute:
                schema["x-kubernetes-map-type"] = "atomic";
                break;
        }
    }

    private static JsonNode? Default(DefaultValueAttribute attribute) => attribute switch
    {
        { Json: { } json } => JsonNode.Parse(json),
        { Value: Enum member } => JsonValue.Create(member.ToString()),
        { Value: { } value } => JsonValue.Create(value),
        _ => throw new InvalidOperationException("A default needs a value."),
    };

    private static void AddBounds(JsonObject schema, string what, int minimum, int maximum)
    {
        if (minimum >= 0)
        {
            schema[$"min{what}"] = minimum;
        }

        if (maximum >= 0)
        {
            schema[$"max{what}"] = maximum;
        }
    }

    private static void AddElement(JsonObject schema, ElementAttribute element)
    {
        var inner = (JsonObject)(schema["items"] ?? schema["additionalProperties"] ?? throw new InvalidOperationException("[Element] is for lists and maps."));
        AddBounds(inner, "Length", element.MinLength, element.MaxLength);
        if (element.Pattern is not null)
        {
            inner["pattern"] = element.Pattern;
        }
    }

    private static void AddList(JsonObject schema, MemberInfo member)
    {
        if (member is not PropertyInfo property || schema["type"]?.GetValue<string>() != "array")
        {
            return;
        }

        var type = property.GetCustomAttribute<XListTypeAttribute>()?.ListType
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} needs [XListType].");
#pragma warning disable CA1308 // Kubernetes spells the list types in lower case.
        schema["x-kubernetes-list-type"] = type.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        if (property.GetCustomAttribute<XListMapKeysAttribute>() is { } keys)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. keys.Keys.Select(key => JsonValue.Create(key))]);
        }
    }

    private static void AddRules(JsonObject schema, MemberInfo member)
    {
        // A property's own rules come after those of its type, which the schema already holds.
        var rules = schema["x-kubernetes-validations"] as JsonArray ?? [];
        foreach (var rule in member.GetCustomAttributes<ValidationRuleAttribute>(inherit: false))
        {
            rules.Add(new JsonObject { ["rule"] = rule.Rule, ["message"] = rule.Message });
        }

        if (rules.Count > 0 && rules.Parent is null)
        {
            schema["x-kubernetes-validations"] = rules;
        }
    }
}
