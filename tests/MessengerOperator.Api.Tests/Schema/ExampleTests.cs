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

    public static TheoryData<string> Malformed => [.. MalformedObjects.All.Select(row => row.Change)];

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
    [MemberData(nameof(Malformed))]
    public void The_schema_refuses_what_is_malformed(string change)
    {
        var (_, field, why) = MalformedObjects.All.Single(row => row.Change == change);

        Assert.Equal([new Violation(field, why)], StructuralSchema.Committed.Validate(MalformedObjects.Make(change)));
    }

    private static IEnumerable<string> Examples()
    {
        var folder = Path.Combine(YamlFiles.RepositoryRoot, "examples");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
    }
}
