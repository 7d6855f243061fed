using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace MessengerOperator.EndToEndTests.Chart;

public sealed class ChartCrdTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    private const string File = "messengerintegrations.messenger-operator.io.yaml";

    [Fact]
    public async Task The_chart_carries_the_generated_crd()
    {
        var generated = await KubernetesYaml.LoadFromFileAsync<V1CustomResourceDefinition>(Repository.PathOf($"crds/{File}"));
        var rendered = (await chart.RenderWithAsync(["--kube-version", "1.25.0"])).Single<V1CustomResourceDefinition>();

        Assert.Equal(generated.Metadata.Name, rendered.Metadata.Name);
        Assert.True(JsonNode.DeepEquals(Json(generated), Json(rendered)), "the chart's copy is not crds/: run `make generate`");
    }

    [Theory]
    [InlineData("1.20.2", false)]
    [InlineData("1.24.17", false)]
    [InlineData("1.25.0", true)]
    [InlineData("1.31.4", true)]
    public async Task Rules_are_left_out_for_servers_whose_validation_refuses_them(string server, bool expected)
    {
        var text = (await chart.RenderWithAsync(["--kube-version", server])).Text("apiextensions.k8s.io/v1/CustomResourceDefinition");

        Assert.Equal(expected, text.Contains("x-kubernetes-validations", StringComparison.Ordinal));
        Assert.Contains("deregistrationDeadline", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstalling_keeps_the_crd_unless_told_otherwise()
    {
        var kept = (await chart.RenderAsync()).Single<V1CustomResourceDefinition>();
        var removed = (await chart.RenderAsync("crds.keep=false")).Single<V1CustomResourceDefinition>();

        Assert.Equal("keep", kept.Metadata.Annotations["helm.sh/resource-policy"]);
        Assert.False(removed.Metadata.Annotations?.ContainsKey("helm.sh/resource-policy") ?? false);
    }

    [Fact]
    public async Task A_second_release_can_do_without_the_crd()
    {
        Assert.Empty((await chart.RenderAsync("crds.enabled=false")).All<V1CustomResourceDefinition>());
    }

    private static JsonNode? Json(V1CustomResourceDefinition definition) => JsonNode.Parse(KubernetesJson.Serialize(definition.Spec));
}
