using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.Schema;

namespace MessengerOperator.Api.Tests.SpecRules;

/// <summary>Makes objects out of the files in testassets and a change.</summary>
internal static class SpecObjects
{
    public static string AssetFolder { get; } = Path.Combine(YamlFiles.RepositoryRoot, "tests", "MessengerOperator.Api.Tests", "testassets");

    public static IEnumerable<string> Assets => Directory.EnumerateFiles(AssetFolder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static JsonObject Asset(string name) => YamlFiles.Read(Path.Combine(AssetFolder, $"{name}.yaml")).Single();

    public static JsonObject Changed(SpecRuleCase row)
    {
        var entity = Asset(row.Asset);
        Merge(entity["spec"]!.AsObject(), YamlFiles.Parse(row.Change).Single());
        return entity;
    }

    /// <summary>The object as the operator would read it from the API server.</summary>
    public static MessengerIntegration Typed(JsonObject entity) =>
        KubernetesJson.Deserialize<MessengerIntegration>(StructuralSchema.Committed.ApplyDefaults(entity).ToJsonString());

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (key, value) in change)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
