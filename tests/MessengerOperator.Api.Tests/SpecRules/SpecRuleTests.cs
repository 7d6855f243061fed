using System.Reflection;
using System.Text.Json.Nodes;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.Cel;
using MessengerOperator.Api.Tests.Schema;
using MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

namespace MessengerOperator.Api.Tests.SpecRules;

public class SpecRuleTests
{
    private static readonly StructuralSchema Schema = StructuralSchema.Committed;

    public static TheoryData<string> Cases => [.. SpecRuleCases.All.Select(row => row.Name)];

    public static TheoryData<string> Rules => [.. RulesInDefinition().Select(rule => rule.Rule).Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_cel_rules_of_the_definition_find_what_the_table_says(string name)
    {
        var row = SpecRuleCases.All.Single(row => row.Name == name);

        var broken = Schema.BrokenRules(SpecObjects.Changed(row));

        Assert.Equal(row.Broken.Select(rule => rule.Message).Order(), broken.Select(rule => rule.Message).Order());
        Assert.All(broken, rule => Assert.Contains(row.Broken, expected => expected.Message == rule.Message && expected.Field.StartsWith(rule.Field, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_operators_checks_find_what_the_table_says(string name)
    {
        var row = SpecRuleCases.All.Single(row => row.Name == name);

        var violations = SpecChecks.Check(SpecObjects.Typed(SpecObjects.Changed(row)));

        Assert.Equal(row.Broken.Order(), violations.Select(violation => (violation.Field, violation.Message)).Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_row_obeys_the_schema_so_that_only_rules_judge_it(string name)
    {
        var row = SpecRuleCases.All.Single(row => row.Name == name);

        Assert.Empty(Schema.Validate(SpecObjects.Changed(row)));
    }

    [Fact]
    public void A_changed_provider_is_refused_by_the_rule_and_by_the_check()
    {
        var old = SpecObjects.Asset("telegram");
        var changed = SpecObjects.Asset("viber");

        Assert.Contains(new Violation("spec.provider", SpecMessages.ProviderIsImmutable), Schema.BrokenRules(changed, old));

        var typed = SpecObjects.Typed(changed);
        typed.Status = new() { Provider = MessengerProvider.Telegram };
        Assert.Equal([new SpecViolation("spec.provider", SpecMessages.ProviderIsImmutable)], SpecChecks.Check(typed));
    }

    [Fact]
    public void An_unchanged_provider_passes_the_rule_and_the_check()
    {
        var entity = SpecObjects.Asset("telegram");
        var typed = SpecObjects.Typed(entity);
        typed.Status = new() { Provider = MessengerProvider.Telegram };

        Assert.Empty(Schema.BrokenRules(entity, entity));
        Assert.Empty(SpecChecks.Check(typed));
    }

    [Fact]
    public void Every_rule_text_has_a_row_that_breaks_it()
    {
        var texts = typeof(SpecMessages).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        // The provider's immutability needs two objects: a test of its own above.
        var covered = SpecRuleCases.All.SelectMany(row => row.Broken).Select(rule => rule.Message).Append(SpecMessages.ProviderIsImmutable);

        Assert.Empty(texts.Except(covered));
    }

    [Fact]
    public void Every_rule_in_the_definition_has_a_text_of_the_catalogue_and_the_other_way_round()
    {
        var texts = typeof(SpecMessages).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(texts.Order(StringComparer.Ordinal), RulesInDefinition().Select(rule => rule.Message).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_keeps_to_what_servers_since_1_25_understand(string rule) => CelExpression.Parse(rule);

    [Fact]
    public void A_rule_has_nothing_that_servers_before_1_28_refuse() => Assert.All(
        RulesInDefinition(), rule => Assert.Equal(["message", "rule"], rule.Node.Select(entry => entry.Key).Order()));

    [Fact]
    public void A_value_from_a_newer_definition_is_refused_and_does_not_throw()
    {
        var entity = SpecObjects.Asset("telegram");
        entity["spec"]!["deletionPolicy"] = "Orphan";

        Assert.Equal(["spec.deletionPolicy"], SpecChecks.Check(SpecObjects.Typed(entity)).Select(violation => violation.Field));
    }

    [Fact]
    public void A_spool_of_a_few_bytes_is_refused_by_the_check()
    {
        var entity = SpecObjects.Asset("telegram");
        entity["spec"]!["delivery"]!["spool"]!["sizeLimit"] = "15Mi";

        Assert.Equal(["spec.delivery.spool.sizeLimit"], SpecChecks.Check(SpecObjects.Typed(entity)).Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("EmptyDir", "200Mi", false)]
    [InlineData("EmptyDir", "256Mi", true)]
    [InlineData("None", "200Mi", true)]
    public void A_limit_that_evicts_the_pod_before_its_spool_is_full_is_refused_by_the_check(string storage, string limit, bool accepted)
    {
        var entity = SpecObjects.Asset("telegram");
        entity["spec"]!["delivery"] = new JsonObject { ["spool"] = new JsonObject { ["storage"] = storage, ["sizeLimit"] = "256Mi" } };
        entity["spec"]!["receiver"] = new JsonObject { ["resources"] = new JsonObject { ["limits"] = new JsonObject { ["ephemeral-storage"] = limit } } };

        Assert.Equal(
            accepted ? [] : ["spec.receiver.resources.limits.ephemeral-storage"], SpecChecks.Check(SpecObjects.Typed(entity)).Select(violation => violation.Field));
    }

    private static IEnumerable<(string Rule, string Message, JsonObject Node)> RulesInDefinition() =>
        from schema in Schema.All()
        from rule in schema.Schema["x-kubernetes-validations"] as JsonArray ?? []
        select (rule["rule"]!.GetValue<string>(), rule["message"]!.GetValue<string>(), rule.AsObject());
}
