using System.Globalization;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>A new webhook token on request: receiver first, then the provider, then the old one goes; Ready all the while.</summary>
public class RotationTests(ControlPlane plane)
{
    private static readonly WorldOptions Short = new() { Integrations = integrations => integrations.RotationOverlapSeconds = 4 };

    private static readonly WorldOptions Long = new() { Integrations = integrations => integrations.RotationOverlapSeconds = 3600 };

    [Fact]
    public async Task A_request_makes_a_new_token_registers_it_and_drops_the_old_one_after_the_overlap()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Short);
        var old = await world.GeneratedAsync("acme", "token");
        var group = world.Group("acme");

        await RotateAsync(world, "one");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");
        var token = await world.GeneratedAsync("acme", "token");
        Assert.NotEqual(old, token);
        Assert.Equal(token, (await world.WebhookAsync())?.SecretToken);
        Assert.Equal(token, await group.SecretAsync("acme.token"));
        Assert.Contains(await group.SecretAsync("acme.token-previous"), new[] { old, null });

        await Eventually.Holds(async () => await group.SecretAsync("acme.token-previous") is null);
        Assert.DoesNotContain("previousToken", await KeysAsync(world));
        await world.TellsAsync("acme", RotationStarted, "The former one is accepted until", type: "Normal");
        await world.TellsAsync("acme", RotationCompleted, "not accepted any more", type: "Normal");
        Assert.Equal(["True Ready"], world.History.Of("acme", MessengerIntegrationConditions.Ready).SkipWhile(path => !path.StartsWith("True", StringComparison.Ordinal)));
        await world.IsReadyAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task Both_tokens_are_accepted_meanwhile_and_the_route_names_both()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Long);
        var old = await world.GeneratedAsync("acme", "token");
        var route = await world.Group("acme").RouteAsync("acme");

        await RotateAsync(world, "one");
        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");

        Assert.Equal(old, await world.Group("acme").SecretAsync("acme.token-previous"));
        Assert.Equal(["/etc/messenger-receiver/secrets/acme.token", "/etc/messenger-receiver/secrets/acme.token-previous"], route!.Keys["secretToken"]);
        Assert.Equal(route.Keys["secretToken"], (await world.Group("acme").RouteAsync("acme"))!.Keys["secretToken"]);
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task The_provider_hears_of_the_new_token_only_when_the_receiver_has_it()
    {
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options);
        endpoint.AnswersAsTheReceiverOf(world);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"webhook":{"url":null,"probe":"Enabled"}}""");
        await world.IsReadyAsync("acme");
        var (old, loaded) = (await world.GeneratedAsync("acme", "token"), await world.Group("acme").SecretAsync("acme.probe-key"));

        // The kubelet has not been there yet.
        endpoint.AnswersWith(() => Task.FromResult(loaded));
        await RotateAsync(world, "one");

        var waiting = await world.Integrations.BecomesAsync("acme", integration => integration.Has(EndpointReachable, "True", Progressing) && integration.Has(WebhookRegistered, "True", Progressing));
        Assert.True(waiting.IsReady);
        Assert.Null(waiting.Status!.LastHandledRotation);
        Assert.Equal(old, (await world.WebhookAsync())?.SecretToken);
        Assert.Equal(old, await world.Group("acme").SecretAsync("acme.token-previous"));

        endpoint.AnswersAsTheReceiverOf(world);

        var done = await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one", TimeSpan.FromMinutes(2));
        Assert.Equal(await world.GeneratedAsync("acme", "token"), (await world.WebhookAsync())?.SecretToken);
        Assert.True(done.Has(EndpointReachable, "True", Reachable) && done.Has(WebhookRegistered, "True", Registered));
        Assert.Equal(["True Ready"], world.History.Of("acme", MessengerIntegrationConditions.Ready).SkipWhile(path => !path.StartsWith("True", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_probe_the_provider_hears_of_it_when_the_kubelets_have_had_their_time()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Integrations = integrations => integrations.ReceiverSyncSeconds = 5 });
        var old = await world.GeneratedAsync("acme", "token");

        // Pods that start after the change have it, and creation times have whole seconds.
        var created = (await world.Group("acme").DeploymentAsync())!.Metadata.CreationTimestamp!.Value;
        await Eventually.Holds(() => TimeProvider.System.GetUtcNow().UtcDateTime >= created.AddSeconds(1));

        await RotateAsync(world, "one");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");
        var token = await world.GeneratedAsync("acme", "token");
        Assert.NotEqual(old, token);
        Assert.Equal(token, (await world.WebhookAsync())?.SecretToken);
        Assert.Contains("True Progressing", world.History.Of("acme", WebhookRegistered));
        var told = (await world.Provider.RegistrationAsync()).History.First(change => change.Parameters.GetValueOrDefault("secret_token") == token).Time;
        Assert.True(told >= await ChangedAtAsync(world) + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task While_the_provider_is_away_the_old_token_stays_valid_whatever_the_overlap_says()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Short);
        var old = await world.GeneratedAsync("acme", "token");
        await world.StopProviderAsync();
        await RotateAsync(world, "one");
        await Eventually.Holds(async () => await world.Group("acme").SecretAsync("acme.token-previous") == old);
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(WebhookRegistered, "True", ProviderUnavailable));
        await OverlapEndsAsync(world);
        await PassesAsync(world);
        Assert.Equal(old, await world.Group("acme").SecretAsync("acme.token-previous"));
        Assert.Null((await world.Integrations.GetAsync("acme")).Status!.LastHandledRotation);

        await world.StartProviderAsync();
        await world.Integrations.RequestAsync("acme");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one", TimeSpan.FromMinutes(2));
        Assert.Equal(await world.GeneratedAsync("acme", "token"), (await world.WebhookAsync())?.SecretToken);
        await world.Integrations.RequestAsync("acme");
        await Eventually.Holds(async () => await world.Group("acme").SecretAsync("acme.token-previous") is null);
    }

    [Fact]
    public async Task One_request_makes_one_token_whatever_is_interrupted_and_a_second_request_waits_for_the_first()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Short);
        var old = await world.GeneratedAsync("acme", "token");
        await RotateAsync(world, "one");
        await Eventually.Holds(async () => await world.GeneratedAsync("acme", "token") != old);
        var first = await world.GeneratedAsync("acme", "token");
        await world.StopOperatorAsync();
        await RotateAsync(world, "two");

        await world.StartOperatorAsync();

        await Eventually.Holds(async () => await world.GeneratedAsync("acme", "token") is var token && token != first && token != old, TimeSpan.FromMinutes(1));
        Assert.Equal(first, await world.GeneratedAsync("acme", "previousToken"));
        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "two");
        Assert.Equal(3, (await world.Provider.RegistrationAsync()).History.Select(change => change.Parameters.GetValueOrDefault("secret_token")).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task An_integration_that_is_created_with_the_request_has_a_new_token_already()
    {
        await using var world = await TestWorld.StartAsync(plane, Long);
        await world.Integrations.CreateAsync("acme", world.Bot);
        await RotateAsync(world, "one");
        await world.CreateSecretAsync();

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");

        await world.IsReadyAsync("acme");
        Assert.DoesNotContain("previousToken", await KeysAsync(world));
    }

    [Fact]
    public async Task A_token_that_is_changed_by_hand_is_registered_and_the_former_one_accepted_for_the_overlap()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Short);
        var old = await world.GeneratedAsync("acme", "token");

        await world.ChangeGeneratedAsync("acme", "token", "a_token_that_somebody_else_has_chosen");

        await Eventually.Holds(async () => await world.Group("acme").SecretAsync("acme.token-previous") == old);
        await Eventually.Holds(async () => (await world.WebhookAsync())?.SecretToken == "a_token_that_somebody_else_has_chosen");
        await Eventually.Holds(async () => await world.Group("acme").SecretAsync("acme.token-previous") is null);
        await world.IsReadyAsync("acme");
    }

    /// <summary>Waits until the overlap of <see cref="Short"/> is over.</summary>
    private static Task OverlapEndsAsync(TestWorld world) =>
        Eventually.Holds(async () => await ChangedAtAsync(world) + TimeSpan.FromSeconds(5) < TimeProvider.System.GetUtcNow());

    private static async Task<DateTimeOffset> ChangedAtAsync(TestWorld world) =>
        DateTimeOffset.Parse((await world.Group("acme").SecretAsync("acme.changed-at"))!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static async Task PassesAsync(TestWorld world)
    {
        var passes = world.Operator.Passes;
        await world.Integrations.AnnotateAsync("acme", "example.org/wake-up", "now");
        await Eventually.Holds(() => world.Operator.Passes > passes);
    }

    private static async Task<IEnumerable<string>> KeysAsync(TestWorld world) =>
        (await world.Client.CoreV1.ReadNamespacedSecretAsync("acme-webhook", world.Namespace, cancellationToken: TestContext.Current.CancellationToken)).Data.Keys;

    private static Task RotateAsync(TestWorld world, string value) => world.Integrations.AnnotateAsync("acme", MessengerIntegrationAnnotations.RotateWebhookToken, value);
}
