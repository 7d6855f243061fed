using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.CrdGenerator;

/// <summary>Writes docs/reference/messengerintegration.md: every field, condition, reason and annotation.</summary>
internal sealed class ReferencePage(XmlDocumentation documentation, JsonObject rootSchema)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        Line("# MessengerIntegration");
        Line();
        Line("Generated from operator/MessengerOperator.Api by `make generate`; do not edit.");
        Line();
        Line(Text(rootSchema["description"]));
        Line();
        Line($"API version `{MessengerIntegration.KubeGroup}/{MessengerIntegration.KubeApiVersion}`, plural `{MessengerIntegration.KubePlural}`, short name `mi`.");
        Line("The same text is in `kubectl explain mi.spec`. A field marked * is required where its parent is present. A *secret key* is an object with");
        Line("`name` (of a Secret in the same namespace) and `key`, both required.");
        Fields("Spec", "spec");
        Fields("Status", "status");
        Rules();
        Constants("Conditions", "Condition", typeof(MessengerIntegrationConditions));
        Constants("Reasons", "Reason", typeof(MessengerIntegrationReasons));
        Constants("Annotations", "Annotation", typeof(MessengerIntegrationAnnotations));
        Constants("Finalizers", "Finalizer", typeof(MessengerIntegrationFinalizers));
        return _text.ToString();
    }

    private void Fields(string title, string field)
    {
        Head(title, "Field", "Type", "Default", "Meaning");
        AddFields((JsonObject)rootSchema["properties"]![field]!, field);
    }

    private void AddFields(JsonObject schema, string path)
    {
        var required = (schema["required"] as JsonArray)?.Select(Text).ToHashSet() ?? [];
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            var field = (JsonObject)node!;
            if (!field.ContainsKey("description"))
            {
                // A field of a type of Kubernetes' own, described there.
                return;
            }

            var here = $"{path}.{name}{(IsList(field) ? "[]" : "")}";
            Row($"`{here}`{(required.Contains(name) ? " *" : "")}", TypeOf(field), field["default"] is { } value ? $"`{Inline(value)}`" : "", Text(field["description"]));
            var inner = IsList(field) ? field["items"]!.AsObject() : field;
            if (inner.ContainsKey("properties") && !IsSecretKey(inner))
            {
                AddFields(inner, here);
            }
        }
    }

    private void Rules()
    {
        Head("Rules", "Field", "What you are told");
        AddRules(rootSchema["properties"]!["spec"]!.AsObject(), "spec");
    }

    private void AddRules(JsonObject schema, string path)
    {
        foreach (var rule in schema["x-kubernetes-validations"] as JsonArray ?? [])
        {
            Row($"`{path}`", Text(rule!["message"]));
        }

        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            AddRules(node!.AsObject(), $"{path}.{name}");
        }

        if (schema["items"] is JsonObject items)
        {
            AddRules(items, $"{path}[]");
        }
    }

    private void Constants(string title, string column, Type holder)
    {
        Head(title, column, "Meaning");
        foreach (var constant in holder.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(field => field.MetadataToken))
        {
            Row($"`{constant.GetValue(null)}`", documentation.Of(constant));
        }
    }

    private void Head(string title, params IReadOnlyList<string> columns)
    {
        Line();
        Line($"## {title}");
        Line();
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    private void Row(params IReadOnlyList<string> cells) =>
        Line($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");

    private void Line(string line = "") => _text.Append(line).Append('\n');

    private static bool IsList(JsonObject field) => Text(field["type"]) == "array";

    private static bool IsSecretKey(JsonObject field) =>
        field["properties"] is JsonObject properties && properties.Select(property => property.Key).SequenceEqual(["name", "key"]);

    private static string TypeOf(JsonObject field) => field switch
    {
        _ when IsSecretKey(field) => "secret key",
        _ when field["enum"] is JsonArray values => string.Join(", ", values.Select(Text)),
        _ when field.ContainsKey("x-kubernetes-int-or-string") => "quantity",
        _ when field["additionalProperties"] is not null => "map",
        _ when IsList(field) => $"list of {TypeOf(field["items"]!.AsObject())}",
        _ when Text(field["format"]) == "date-time" => "time",
        _ => Text(field["type"]),
    };

    private static string Inline(JsonNode value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : value.ToJsonString();

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
