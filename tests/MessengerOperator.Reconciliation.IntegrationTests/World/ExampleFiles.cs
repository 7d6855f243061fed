using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.TestKit;
using YamlDotNet.Serialization;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The example that users begin with.</summary>
internal static class ExampleFiles
{
    /// <summary>Its Secret, with the values where the API server returns them.</summary>
    public static async Task<V1Secret> SecretAsync() => KubernetesYaml.Deserialize<V1Secret>(await ReadAsync("secret.yaml"));

    /// <summary>Its integration, as JSON.</summary>
    public static async Task<JsonObject> IntegrationAsync()
    {
        var parsed = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(await ReadAsync("integration.yaml"));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(parsed))!.AsObject();
    }

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Repository.PathOf($"examples/telegram/{file}"), TestContext.Current.CancellationToken);
}
