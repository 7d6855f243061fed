using System.Text.Json.Nodes;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The HTTPRoute that leads a webhook's URL to its receiver, on a server that gets the Gateway API while the operator runs.</summary>
public class HttpRouteTests(GatewayControlPlane plane) : IClassFixture<GatewayControlPlane>
{
    private const string Name = "acme-webhook";
    private const string ByHttpRoute = """
        {"checkInterval":"1m","exposure":{"type":"HTTPRoute","httpRoute":{"parentRefs":[{"name":"public","namespace":"gateways","sectionName":"https"},{"name":"own","port":8443}]}}}
        """;

    [Fact]
    public async Task Without_the_Gateway_API_that_is_told_and_with_it_an_HTTPRoute_is_kept_and_goes_when_it_is_not_wanted()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Operator = settings => settings.WatchTimeout = TimeSpan.FromSeconds(10) });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, ByHttpRoute);
        await world.IsHeldUpAsync("acme", EndpointReachable, RouteNotServed, says: "does not serve HTTPRoute of gateway.networking.k8s.io/v1");
        Assert.Null(await world.WebhookAsync());

        await plane.InstallAsync();

        // By the slow timer alone: nothing in the cluster says that a kind is new.
        await world.IsReadyAsync("acme", TimeSpan.FromMinutes(5));
        var made = await LeadsAsync(world);
        await world.FurtherPassesAreIdleAsync("acme");

        await world.Routes.EditHttpRouteAsync(Name, """{"spec":{"hostnames":["evil.example"],"rules":[{"backendRefs":[{"name":"evil","port":80}]}]}}""");
        await Eventually.Holds(async () => JsonNode.DeepEquals((await world.Routes.HttpRouteAsync(Name))?["spec"], made["spec"]));

        await world.Integrations.ChangeAsync("acme", """{"exposure":{"type":"Ingress","httpRoute":null}}""");
        await Eventually.Holds(async () => await world.Routes.HttpRouteAsync(Name) is null && await world.Routes.IngressAsync(Name) is not null);
        await world.Integrations.ChangeAsync("acme", ByHttpRoute);
        await Eventually.Holds(async () => await world.Routes.HttpRouteAsync(Name) is not null && await world.Routes.IngressAsync(Name) is null);
        await world.IsReadyAsync("acme");

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        await Eventually.Holds(async () => await world.Routes.HttpRouteAsync(Name) is null);
    }

    private static async Task<JsonNode> LeadsAsync(TestWorld world)
    {
        var route = (await world.Routes.HttpRouteAsync(Name))!;
        var expected = $$"""
            {
              "parentRefs":[
                {"group":"gateway.networking.k8s.io","kind":"Gateway","name":"public","namespace":"gateways","sectionName":"https"},
                {"group":"gateway.networking.k8s.io","kind":"Gateway","name":"own","port":8443}],
              "hostnames":["hooks.acme.example"],
              "rules":[{
                "matches":[{"path":{"type":"Exact","value":"/{{world.Namespace}}/acme"} }],
                "backendRefs":[{"kind":"Service","name":"acme-receiver","port":80,"weight":1}]}]
            }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), route["spec"]), route["spec"]!.ToJsonString());
        Assert.Equal("acme", (string?)route["metadata"]!["ownerReferences"]!.AsArray().Single()!["name"]);
        return route;
    }
}
