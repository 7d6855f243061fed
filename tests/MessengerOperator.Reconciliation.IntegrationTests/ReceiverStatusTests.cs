using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>What the receiver's pods tell the operator on their management port.</summary>
public class ReceiverStatusTests(ControlPlane plane)
{
    private const string Manual = """{"webhook":{"registration":"Manual"}}""";

    [Theory]
    [InlineData("lastEventAt")]
    [InlineData("lastHandshakeAt")]
    public async Task With_manual_registration_the_first_genuine_request_is_proof_enough(string proof)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, Manual);
        await world.IsHeldUpAsync("acme", WebhookRegistered, ManualActionRequired, says: "status.webhook.url");

        // Later than what the provider has shown, which is asked seldom.
        receiver.Says(world, "acme", $$"""{"{{proof}}":"{{TimeProvider.System.GetUtcNow():O}}"}""");
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "now");

        await world.IsReadyAsync("acme");
        Assert.Empty((await world.Provider.RegistrationAsync()).History);
    }

    [Fact]
    public async Task What_came_before_the_provider_showed_that_it_delivers_nowhere_proves_nothing()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        receiver.Says(world, "acme", """{"lastEventAt":"2026-11-24T08:00:00Z"}""");
        await world.CreateSecretAsync();

        await world.Integrations.CreateAsync("acme", world.Bot, Manual);

        await world.IsHeldUpAsync("acme", WebhookRegistered, ManualActionRequired, says: "status.webhook.url");
    }

    [Fact]
    public async Task What_was_proven_by_hand_outlasts_a_restart_of_operator_and_receiver()
    {
        // Without the app's id Facebook does not show the registration.
        var page = FacebookPage.New();
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.AddTo(new WorldOptions { Tenant = page }));
        receiver.Says(world, "acme", """{"lastEventAt":"2026-11-24T08:00:00Z"}""");
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", page, """{"webhook":{"registration":"Manual"},"facebook":{"appId":null}}""");
        await world.IsReadyAsync("acme");

        await world.StopOperatorAsync();
        receiver.Says(world, "acme", "{}");
        await world.StartOperatorAsync();
        await Eventually.Holds(() => world.Operator.Passes > 0);

        await world.IsReadyAsync("acme");
        Assert.DoesNotContain(await world.EventsAsync("acme"), item => item.Reason == ManualActionRequired);
    }

    [Theory]
    [InlineData("""{"sink":{"failingSince":"2026-11-24T00:00:00Z"}}""", null, SinkUnavailable, "they wait")]
    [InlineData("""{"sink":{"failingSince":"2026-11-24T00:00:00Z"},"backlog":1}""", """{"available":true}""", SinkUnavailable, "they wait")]
    [InlineData("""{"sink":{"failingSince":"2026-11-24T00:00:00Z"},"deadLetters":1}""", """{"available":true}""", DeadLetters, "put aside")]
    [InlineData("""{"sink":{},"backlog":9,"oldestUndeliveredAt":"2026-11-24T00:00:00Z"}""", """{"available":true}""", EventsDelayed, "more than five minutes")]
    [InlineData("""{"sink":{"failingSince":"2026-11-24T00:00:00Z"},"backlog":9}""", """{"available":false,"full":true}""", SpoolFull, "sizeLimit")]
    [InlineData("""{"sink":{},"backlog":9}""", """{"available":false}""", SpoolUnavailable, "its volume")]
    [InlineData("""{"sink":{},"deadLetters":3}""", null, DeadLetters, "put aside")]
    public async Task Trouble_on_the_way_to_the_sink_shows_in_DeliveryHealthy_and_leaves_Ready_alone(string route, string? spool, string reason, string says)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options);

        receiver.Says(world, "acme", route, spool);
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "1");

        var told = await world.Integrations.BecomesAsync("acme", integration => integration.Has(DeliveryHealthy, "False", reason));
        Assert.True(told.IsReady);
        await world.TellsAsync("acme", reason, says);

        receiver.Says(world, "acme", """{"sink":{}}""");
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "2");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(DeliveryHealthy, "True", Healthy));
    }

    [Theory]
    [InlineData("{\"routes\":")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("{\"routes\":[{\"integration\":\"somebody/else\",\"deadLetters\":9}]}")]
    public async Task A_pod_that_tells_nothing_of_use_changes_nothing(string answer)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        receiver.Answers(answer);
        await using var world = await TestWorld.StartReadyAsync(plane, receiver.Options);
        Assert.True((await world.Integrations.BecomesAsync("acme", integration => integration.Has(DeliveryHealthy, "True", Healthy))).IsReady);
    }
}
