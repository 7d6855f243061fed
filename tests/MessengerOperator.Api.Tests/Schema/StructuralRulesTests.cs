using System.Text;
using System.Text.Json.Nodes;

namespace MessengerOperator.Api.Tests.Schema;

/// <summary>What every API server from 1.20 on demands of a definition, and what we demand beyond that.</summary>
public class StructuralRulesTests
{
    // `kubectl apply` keeps the whole definition in one annotation, which must stay below 256 KiB.
    private const int GreatestSizeInBytes = 200_000;

    private static readonly string[] Foreign = ["$ref", "nullable", "oneOf", "allOf", "not", "uniqueItems", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"];

    private static readonly (string Path, JsonObject Schema)[] All = [.. StructuralSchema.Committed.All()];

    [Fact]
    public void Every_schema_has_a_type_or_is_integer_or_string() => Assert.All(
        All, entry => Assert.True(entry.Schema["type"] is not null ^ entry.Schema["x-kubernetes-int-or-string"] is not null, entry.Path));

    [Fact]
    public void No_object_is_open() => Assert.All(
        All.Where(entry => entry.Path != ".metadata" && Text(entry.Schema["type"]) == "object"),
        entry => Assert.True(entry.Schema["properties"] is not null ^ entry.Schema["additionalProperties"] is JsonObject, entry.Path));

    [Fact]
    public void Every_list_says_what_it_holds_and_how_it_merges() => Assert.All(
        All.Where(entry => Text(entry.Schema["type"]) == "array"),
        entry =>
        {
            Assert.True(entry.Schema["items"] is JsonObject, entry.Path);
            Assert.True(Text(entry.Schema["x-kubernetes-list-type"]) is "atomic" or "map" or "set", entry.Path);
        });

    [Fact]
    public void The_keys_of_a_map_like_list_are_required_fields_of_its_items() => Assert.All(
        All.Where(entry => Text(entry.Schema["x-kubernetes-list-type"]) == "map"),
        entry => Assert.All(entry.Schema["x-kubernetes-list-map-keys"]!.AsArray(), key => Assert.Contains(Text(key), entry.Schema["items"]!["required"]!.AsArray().Select(Text))));

    [Fact]
    public void Nothing_is_used_that_a_structural_schema_must_not_have() => Assert.All(
        All, entry => Assert.DoesNotContain(entry.Schema, property => Foreign.Contains(property.Key)));

    [Fact]
    public void Any_of_is_used_for_integer_or_string_only_and_in_the_one_form_allowed() => Assert.All(
        All.Where(entry => entry.Schema["anyOf"] is not null),
        entry =>
        {
            Assert.NotNull(entry.Schema["x-kubernetes-int-or-string"]);
            Assert.Equal("""[{"type":"integer"},{"type":"string"}]""", entry.Schema["anyOf"]!.ToJsonString());
        });

    [Fact]
    public void A_default_obeys_its_own_schema() => Assert.All(
        All.Where(entry => entry.Schema["default"] is not null), entry => Assert.Empty(StructuralSchema.Validate(entry.Schema, entry.Schema["default"]!)));

    [Fact]
    public void Every_pattern_reads_the_same_in_the_api_server_and_here() => Assert.All(
        All.Where(entry => entry.Schema["pattern"] is not null), entry => Re2.ToNet(Text(entry.Schema["pattern"])));

    [Fact]
    public void Every_text_a_person_writes_is_bounded() => Assert.All(
        All.Where(entry => entry.Path.StartsWith(".spec", StringComparison.Ordinal) && Text(entry.Schema["type"]) == "string" && entry.Schema["description"] is not null),
        entry => Assert.True(entry.Schema["maxLength"] is not null || entry.Schema["enum"] is not null, entry.Path));

    [Fact]
    public void Every_list_and_map_with_or_under_a_rule_is_bounded() => Assert.All(
        All.Where(entry => Text(entry.Schema["type"]) == "array" || entry.Schema["additionalProperties"] is not null),
        entry =>
        {
            var isRuled = All.Any(other => other.Path.StartsWith(entry.Path, StringComparison.Ordinal) && other.Schema["x-kubernetes-validations"] is not null);
            Assert.True(!isRuled || entry.Schema["maxItems"] is not null || entry.Schema["maxProperties"] is not null, entry.Path);
        });

    [Fact]
    public void Every_field_of_ours_is_described() => Assert.All(
        All.Where(entry => entry.Schema["description"] is not null && entry.Schema["properties"] is not null && !IsKubernetesOwn(entry.Schema)),
        entry => Assert.All(entry.Schema["properties"]!.AsObject().Where(property => property.Key != "metadata"), property => Assert.True(
            Text(property.Value!["description"]).EndsWith('.'), $"{entry.Path}.{property.Key}")));

    [Fact]
    public void The_definition_is_well_below_the_limits_of_etcd_and_of_kubectl_apply() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(StructuralSchema.Committed.Definition.ToJsonString()), 1, GreatestSizeInBytes);

    [Fact]
    public void The_columns_are_the_agreed_ones()
    {
        var columns = StructuralSchema.Committed.Definition["spec"]!["versions"]![0]!["additionalPrinterColumns"]!.AsArray();

        Assert.Equal(
            ["Provider 0", "Account 0", "Ready 0", "Reason 0", "Age 0", "URL 1", "Message 1"],
            columns.Select(column => $"{Text(column!["name"])} {column["priority"]?.GetValue<int>() ?? 0}"));
    }

    private static bool IsKubernetesOwn(JsonObject schema) =>
        schema["properties"]!.AsObject().All(property => property.Value!["description"] is null);

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
