using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.SpecRules;
using MessengerOperator.TestKit;

namespace MessengerOperator.Api.IntegrationTests;

public class DefinitionTests(ApiControlPlane server)
{
    [Fact]
    public async Task The_server_takes_the_definition_as_structural()
    {
        var definition = await server.Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(
            "messengerintegrations.messenger-operator.io", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(definition.Status.Conditions, condition => condition is { Type: "Established", Status: "True" });
        Assert.DoesNotContain(definition.Status.Conditions, condition => condition is { Type: "NonStructuralSchema", Status: "True" });
    }

    [Fact]
    public async Task The_kind_is_found_by_short_name_and_category_and_has_a_status_of_its_own()
    {
        var answer = await server.GetAsync("apis/messenger-operator.io/v1alpha1");

        var resources = answer.Body["resources"]!.AsArray();
        var kind = resources.Single(resource => Text(resource!["name"]) == "messengerintegrations")!;
        Assert.Equal(["mi"], kind["shortNames"]!.AsArray().Select(Text));
        Assert.Equal(["messenger"], kind["categories"]!.AsArray().Select(Text));
        Assert.Contains(resources, resource => Text(resource!["name"]) == "messengerintegrations/status");
    }

    [Fact]
    public async Task The_descriptions_reach_kubectl_explain()
    {
        // The server publishes a definition a moment after it has accepted it.
        await Eventually.Passes(async () =>
        {
            var kind = (await server.GetAsync("openapi/v2")).Body["definitions"]!["io.messenger-operator.v1alpha1.MessengerIntegration"];
            Assert.NotNull(kind);
            Assert.StartsWith("Scheme, host and port that the provider reaches", Text(kind["properties"]!["spec"]!["properties"]!["webhook"]!["properties"]!["url"]!["description"]), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_columns_show_account_and_readiness_and_more_when_asked_for_wide()
    {
        await using var ns = await server.NewNamespaceAsync();
        var entity = SpecObjects.Asset("telegram");
        entity["metadata"]!["namespace"] = ns.Name;
        var path = ApiControlPlane.Integrations(ns);
        var created = (await server.PostAsync(path, entity)).Body;
        created["status"] = JsonNode.Parse(
            """
            {"account": {"username": "acme_support_bot"}, "webhook": {"url": "https://hooks.acme.example:8443/contact-centre/acme-support"},
             "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": "Messages arrive.", "lastTransitionTime": "2026-11-23T10:00:00Z"}]}
            """);
        Assert.True((await server.PutAsync($"{path}/acme-support/status", created)).IsSuccess);

        var table = (await server.GetAsync(path, "application/json;as=Table;v=v1;g=meta.k8s.io")).Body;

        Assert.Equal(
            ["Name", "Provider", "Account", "Ready", "Reason", "Age", "URL", "Message"],
            table["columnDefinitions"]!.AsArray().Select(column => Text(column!["name"])));
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1], table["columnDefinitions"]!.AsArray().Select(column => column!["priority"]!.GetValue<int>()));
        var cells = table["rows"]![0]!["cells"]!.AsArray().Select(cell => cell!.ToString()).ToArray();
        Assert.Equal(["acme-support", "Telegram", "acme_support_bot", "True", "Ready"], cells[..5]);
        Assert.Equal(["https://hooks.acme.example:8443/contact-centre/acme-support", "Messages arrive."], cells[6..]);
    }

    [Fact]
    public async Task Writing_the_status_leaves_the_generation_and_writing_the_spec_leaves_the_status()
    {
        await using var ns = await server.NewNamespaceAsync();
        var entity = SpecObjects.Asset("telegram");
        entity["metadata"]!["namespace"] = ns.Name;
        entity["status"] = new JsonObject { ["lastHandledRequest"] = "sneaked in" };
        var path = ApiControlPlane.Integrations(ns);

        var created = (await server.PostAsync(path, entity)).Body;
        Assert.Null(created["status"]);

        created["status"] = new JsonObject { ["lastHandledRequest"] = "1" };
        var written = (await server.PutAsync($"{path}/acme-support/status", created)).Body;
        Assert.Equal(1, written["metadata"]!["generation"]!.GetValue<int>());

        written["spec"]!["displayName"] = "Another";
        written["status"]!["lastHandledRequest"] = "2";
        var changed = (await server.PutAsync($"{path}/acme-support", written)).Body;
        Assert.Equal(2, changed["metadata"]!["generation"]!.GetValue<int>());
        Assert.Equal("1", Text(changed["status"]!["lastHandledRequest"]));
    }

    [Fact]
    public async Task Applying_the_same_object_twice_writes_nothing()
    {
        await using var ns = await server.NewNamespaceAsync();
        var entity = SpecObjects.Asset("line");
        var path = $"{ApiControlPlane.Integrations(ns)}/acme-line";

        var first = await server.ApplyAsync(path, entity);
        var second = await server.ApplyAsync(path, entity);

        Assert.True(first.IsSuccess, first.ToString());
        Assert.Equal(first.ResourceVersion, second.ResourceVersion);
    }

    [Fact]
    public async Task The_operators_client_reads_what_people_wrote()
    {
        await using var ns = await server.NewNamespaceAsync();
        foreach (var asset in SpecObjects.Assets)
        {
            var entity = SpecObjects.Asset(asset);
            entity["metadata"]!["namespace"] = ns.Name;
            var created = await server.PostAsync(ApiControlPlane.Integrations(ns), entity);
            Assert.True(created.IsSuccess, created.ToString());
        }

        using var client = new GenericClient(server.Client, MessengerIntegration.KubeGroup, MessengerIntegration.KubeApiVersion, MessengerIntegration.KubePlural, disposeClient: false);
        var list = await client.ListNamespacedAsync<MessengerIntegrationList>(ns.Name, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(SpecObjects.Assets.Count(), list.Items.Count);
        Assert.All(list.Items, item => Assert.NotEqual(MessengerProvider.Unrecognized, item.Spec.Provider));
        Assert.All(list.Items, item => Assert.Equal(Duration.FromMinutes(15), item.Spec.CheckInterval));
    }

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
