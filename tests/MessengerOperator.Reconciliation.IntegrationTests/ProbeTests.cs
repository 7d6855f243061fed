using MessengerOperator.Edge;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using Microsoft.AspNetCore.Http;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The provider hears of a URL only when it was proven to lead to our receiver.</summary>
public class ProbeTests(ControlPlane plane)
{
    private const string Probed = """{"webhook":{"url":null,"probe":"Enabled"}}""";

    [Fact]
    public async Task The_right_answer_makes_it_reachable()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.AnswersAsTheReceiverOf(world);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, Probed);

        var ready = await world.IsReadyAsync("acme");

        Assert.True(ready.Has(EndpointReachable, "True", Reachable));
        Assert.Equal($"{endpoint.Address}/{world.Namespace}/acme", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task A_closed_port_is_told_and_its_opening_is_enough()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        await endpoint.StopAsync();
        await IsHeldUpAsync(world, ProbeFailed, says: "the connection failed");

        endpoint.AnswersAsTheReceiverOf(world);
        await endpoint.StartAsync();

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_told()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.Handler = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        await IsHeldUpAsync(world, ProbeFailed, says: "no answer within 3 s");

        endpoint.AnswersAsTheReceiverOf(world);

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_gateway_without_anything_behind_it_is_told_and_the_right_answer_is_enough()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.Handler = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await IsHeldUpAsync(world, ProbeFailed, says: "something in between answered HTTP 503");

        endpoint.AnswersAsTheReceiverOf(world);

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_told_and_its_trust_is_enough()
    {
        using var stranger = TestCertificates.Create(["stranger.example"]);
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.AnswersAsTheReceiverOf(world);
        endpoint.Trusts(stranger.AuthorityPem);
        await IsHeldUpAsync(world, TlsInvalid, says: "not trusted for this host");

        endpoint.TrustsItsOwn();

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told()
    {
        await using var endpoint = await PublicEndpoint.StartAsync("hooks.acme.example");
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.AnswersAsTheReceiverOf(world);

        await IsHeldUpAsync(world, TlsInvalid, says: "check its names");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(404)]
    public async Task Somebody_elses_answer_is_told_and_the_right_one_is_enough(int status)
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.Handler = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, "https://elsewhere.example/");
            return context.Response.WriteAsync("hello");
        };
        await IsHeldUpAsync(world, WrongResponder, says: $"HTTP {status} without our receiver's signature");

        endpoint.AnswersAsTheReceiverOf(world);

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task Without_any_URL_it_says_so_and_a_URL_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"webhook":{"url":null}}""");
        await world.IsHeldUpAsync("acme", EndpointReachable, NoWebhookUrl, says: "set spec.webhook.url");

        await world.Integrations.ChangeAsync("acme", """{"webhook":{"url":"https://hooks.acme.example"}}""");

        await world.IsReadyAsync("acme");
    }

    private static async Task IsHeldUpAsync(TestWorld world, string reason, string says)
    {
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, Probed);
        await world.IsHeldUpAsync("acme", EndpointReachable, reason, says, stalled: false);
        Assert.Null(await world.WebhookAsync());
    }
}
