using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.SpecRules;
using MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

namespace MessengerOperator.Api.Tests.Schema;

/// <summary>The objects people are shown are accepted: by the schema, by the CEL rules and by the operator's checks.</summary>
public class ExampleTests
{
    public static TheoryData<string> Files =>
    [
        .. SpecObjects.Assets.Select(name => Path.Combine(SpecObjects.AssetFolder, $"{name}.yaml")).Concat(Examples())
            .Select(path => Path.GetRelativePath(YamlFiles.RepositoryRoot, path)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_is_accepted(string path)
    {
        foreach (var entity in YamlFiles.Read(Path.Combine(YamlFiles.RepositoryRoot, path)).Where(entity => entity["kind"]?.GetValue<string>() == MessengerIntegration.KubeKind))
        {
            Assert.Empty(StructuralSchema.Committed.Validate(entity));
            Assert.Empty(StructuralSchema.Committed.BrokenRules(entity));
            Assert.Empty(SpecChecks.Check(SpecObjects.Typed(entity)));
        }
    }

    [Theory]
    [InlineData("spec: {provider: Slack}", ".spec.provider", "enum")]
    [InlineData("spec: {surprise: 1}", ".spec.surprise", "unknown field")]
    [InlineData("spec: {provider: null}", ".spec.provider", "required")]
    [InlineData("spec: {telegram: {apiToken: {name: Upper}}}", ".spec.telegram.apiToken.name", "pattern")]
    [InlineData("spec: {telegram: {apiToken: {key: null}}}", ".spec.telegram.apiToken.key", "required")]
    [InlineData("spec: {telegram: {apiToken: 12:abc}}", ".spec.telegram.apiToken", "type")]
    [InlineData("spec: {telegram: {botUsername: ''}}", ".spec.telegram.botUsername", "length")]
    [InlineData("spec: {receiver: {replicas: 0}}", ".spec.receiver.replicas", "range")]
    [InlineData("spec: {checkInterval: 15}", ".spec.checkInterval", "type")]
    [InlineData("spec: {checkInterval: 15 minutes}", ".spec.checkInterval", "pattern")]
    [InlineData("spec: {checkInterval: -15m}", ".spec.checkInterval", "pattern")]
    [InlineData("spec: {delivery: {spool: {sizeLimit: lots}}}", ".spec.delivery.spool.sizeLimit", "pattern")]
    [InlineData("spec: {delivery: {spool: {sizeLimit: -1Mi}}}", ".spec.delivery.spool.sizeLimit", "pattern")]
    [InlineData("spec: {receiver: {resources: {limits: {memory: much}}}}", ".spec.receiver.resources.limits.memory", "pattern")]
    [InlineData("spec: {receiver: {tolerations: [{key: a, effects: b}]}}", ".spec.receiver.tolerations[0].effects", "unknown field")]
    [InlineData("spec: {exposure: {type: HTTPRoute, httpRoute: {parentRefs: []}}}", ".spec.exposure.httpRoute.parentRefs", "items")]
    [InlineData("spec: {sink: {http: {headers: [{name: A, value: b}, {name: A, value: c}]}}}", ".spec.sink.http.headers", "duplicate")]
    public void The_schema_refuses_what_is_malformed(string change, string field, string why)
    {
        var patch = YamlFiles.Parse(change).Single()["spec"]!.AsObject();
        var entity = SpecObjects.Changed(new("", "telegram", patch.ToJsonString()));

        Assert.Equal([new Violation(field, why)], StructuralSchema.Committed.Validate(entity));
    }

    private static IEnumerable<string> Examples()
    {
        var folder = Path.Combine(YamlFiles.RepositoryRoot, "examples");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
    }
}
