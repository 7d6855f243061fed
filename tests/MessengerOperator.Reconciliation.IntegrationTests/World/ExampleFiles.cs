using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.TestKit;
using YamlDotNet.Serialization;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The examples that users begin with.</summary>
internal static class ExampleFiles
{
    /// <summary>A Secret, with the values where the API server returns them.</summary>
    public static async Task<V1Secret> SecretAsync(string folder = "telegram", string file = "secret.yaml") =>
        KubernetesYaml.Deserialize<V1Secret>(await ReadAsync(folder, file));

    /// <summary>An integration, as JSON.</summary>
    public static async Task<JsonObject> IntegrationAsync(string folder = "telegram", string file = "integration.yaml")
    {
        var parsed = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(await ReadAsync(folder, file));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(parsed))!.AsObject();
    }

    private static Task<string> ReadAsync(string folder, string file) =>
        File.ReadAllTextAsync(Repository.PathOf($"examples/{folder}/{file}"), TestContext.Current.CancellationToken);
}
