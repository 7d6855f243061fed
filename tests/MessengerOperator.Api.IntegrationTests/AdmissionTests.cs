using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.Schema;
using MessengerOperator.Api.Tests.SpecRules;

namespace MessengerOperator.Api.IntegrationTests;

public class AdmissionTests(ApiControlPlane server)
{
    public static TheoryData<string> Assets => [.. SpecObjects.Assets];

    [Theory]
    [MemberData(nameof(Assets))]
    public async Task A_good_object_is_taken_and_filled_up_with_the_defaults(string asset)
    {
        await using var ns = await server.NewNamespaceAsync();
        var entity = SpecObjects.Asset(asset);
        entity["metadata"]!["namespace"] = ns.Name;

        var answer = await server.PostAsync(ApiControlPlane.Integrations(ns), entity);

        Assert.True(answer.IsSuccess, answer.ToString());
        var expected = StructuralSchema.Committed.ApplyDefaults(entity)["spec"];
        Assert.True(JsonNode.DeepEquals(expected, answer.Body["spec"]), $"{expected}\n{answer.Body["spec"]}");
    }

    [Fact]
    public async Task A_malformed_object_is_refused_with_the_field_named()
    {
        await using var ns = await server.NewNamespaceAsync();
        foreach (var (change, field, _) in MalformedObjects.All.Where(row => row.Why != MalformedObjects.UnknownField))
        {
            var answer = await server.PostAsync($"{ApiControlPlane.Integrations(ns)}?dryRun=All", MalformedObjects.Make(change, ns.Name));

            Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, $"{change}: {answer}");
            Assert.Contains(field.TrimStart('.').Split('[')[0], answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unknown_fields_are_dropped()
    {
        await using var ns = await server.NewNamespaceAsync();
        foreach (var (change, field, _) in MalformedObjects.All.Where(row => row.Why == MalformedObjects.UnknownField))
        {
            var answer = await server.PostAsync($"{ApiControlPlane.Integrations(ns)}?dryRun=All", MalformedObjects.Make(change, ns.Name));

            Assert.True(answer.IsSuccess, $"{change}: {answer}");
            Assert.DoesNotContain($"\"{field.Split('.')[^1]}\":", answer.Body["spec"]!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    /// <summary>On servers from 1.25 on this proves that our reading of CEL is the server's; on older ones, that they let through what the operator then refuses.</summary>
    [Fact]
    public async Task The_table_of_rules_is_judged_as_the_server_can()
    {
        await using var ns = await server.NewNamespaceAsync();
        var runsRules = await server.RunsRulesAsync();
        foreach (var row in SpecRuleCases.All)
        {
            var entity = SpecObjects.Changed(row);
            entity["metadata"]!["namespace"] = ns.Name;

            var answer = await server.PostAsync($"{ApiControlPlane.Integrations(ns)}?dryRun=All", entity);

            Assert.True(answer.IsSuccess == (!runsRules || row.Broken.Length == 0), $"{row}: {answer}");
            if (runsRules)
            {
                Assert.All(row.Broken, rule => Assert.Contains(rule.Message, answer.Message, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task The_provider_cannot_be_changed_where_the_server_runs_rules()
    {
        await using var ns = await server.NewNamespaceAsync();
        var entity = SpecObjects.Asset("telegram");
        entity["metadata"]!["namespace"] = ns.Name;
        var created = (await server.PostAsync(ApiControlPlane.Integrations(ns), entity)).Body;

        created["spec"]!["provider"] = "Viber";
        created["spec"]!["viber"] = SpecObjects.Asset("viber")["spec"]!["viber"]!.DeepClone();
        created["spec"]!.AsObject().Remove("telegram");
        var answer = await server.PutAsync($"{ApiControlPlane.Integrations(ns)}/acme-support", created);

        Assert.True(answer.IsSuccess != await server.RunsRulesAsync(), answer.ToString());
        Assert.True(answer.IsSuccess || answer.Message.Contains(SpecMessages.ProviderIsImmutable, StringComparison.Ordinal), answer.ToString());
    }
}
