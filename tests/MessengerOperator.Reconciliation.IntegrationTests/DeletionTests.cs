using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>What was registered is removed before an integration goes, or told as leaked; and it always goes.</summary>
public class DeletionTests(ControlPlane plane)
{
    private const string ShortDeadline = """{"deregistrationDeadline":"2s"}""";

    [Fact]
    public async Task A_deleted_integration_leaves_no_webhook_and_no_receiver()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
        await world.TellsAsync("acme", Deregistered, says: "was removed", type: "Normal");
        await Eventually.Holds(async () => await world.Receiver.DeploymentAsync() is null);
        await Eventually.Holds(async () => await world.Receiver.ServiceAsync() is null);
        Assert.DoesNotContain(world.Operator.Meters.Series, series => series.StartsWith("messenger_operator.integration.condition", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_provider_is_down_it_waits_and_goes_on_by_itself()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Provider.FailsAsync("*", TelegramFaults.Restart);
        await world.Integrations.DeleteAsync("acme");
        await world.IsHeldUpAsync("acme", MessengerIntegrationConditions.Ready, Deregistering, says: "could not be removed at the provider yet", stalled: false, calls: 4);

        await world.Provider.RecoversAsync();

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
    }

    [Fact]
    public async Task Past_the_deadline_it_goes_and_tells_what_may_still_be_there()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ShortDeadline);
        await world.Provider.FailsAsync("*", TelegramFaults.Restart);

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", RegistrationLeaked, says: $"at account {world.Bot.Id} could not be removed");
        Assert.Equal(1, world.Operator.Meters.Sum("messenger_operator.registrations.leaked"));
        Assert.NotNull(await world.WebhookAsync());
    }

    [Fact]
    public async Task While_the_Secret_is_gone_it_waits_for_its_return()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.DeleteSecretAsync();
        await world.Integrations.DeleteAsync("acme");
        await world.IsHeldUpAsync(
            "acme", MessengerIntegrationConditions.Ready, Deregistering, says: "The Secret with its credentials is gone", stalled: false);

        await world.CreateSecretAsync();

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
    }

    [Fact]
    public async Task A_Secret_that_does_not_return_holds_it_until_the_deadline_only()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ShortDeadline);
        await world.DeleteSecretAsync();

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", RegistrationLeaked, says: "The Secret with its credentials is gone");
    }

    [Fact]
    public async Task What_the_API_server_refuses_to_remove_holds_it_until_the_deadline_only()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ShortDeadline);
        await MakeImmutableAsync(world, ReceiverObjects.Name);

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", CleanupRefused, says: "answered 422");
        Assert.Null(await world.WebhookAsync());
        await Eventually.Holds(async () => await world.Receiver.DeploymentAsync() is null);
    }

    [Fact]
    public async Task A_member_whose_part_may_not_be_taken_out_goes_and_holds_up_nobody_else()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", """{"receiver":{"group":"team"},"deregistrationDeadline":"2s"}""");
        await team.JoinAsync("second");
        await MakeImmutableAsync(world, "team-receiver");

        await team.LeaveAsync("first");

        await world.TellsAsync("first", CleanupRefused, says: "answered 422");
        Assert.Null(await team.WebhookAsync("first"));
        await world.Integrations.RequestAsync("second");
        await world.Integrations.BecomesAsync("second", integration => integration.Status?.LastHandledRequest is not null);
        await world.IsReadyAsync("second");
    }

    [Fact]
    public async Task A_Secret_with_another_account_is_not_used()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ShortDeadline);
        var other = Bot.New();
        await world.AddBotAsync(other);
        await world.StopOperatorAsync();
        await world.ChangeSecretAsync(other.Token);
        await world.Integrations.DeleteAsync("acme");

        await world.StartOperatorAsync();

        await world.Integrations.GoesAsync("acme");
        await world.TellsAsync("acme", RegistrationLeaked, says: "credentials of another account");
        Assert.Equal(0, (await world.Provider.CallsAsync(other)).Total);
    }

    [Fact]
    public async Task While_registration_is_under_way_nothing_is_left_behind()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Provider.FailsAsync("setWebhook", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 2_000 });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.Integrations.BecomesAsync("acme", integration => integration.Ledger is [{ State: RegistrationState.Pending }]);

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
        Assert.Equal(["setWebhook", "deleteWebhook"], (await world.Provider.RegistrationAsync()).History.Select(entry => entry.Method));
    }

    [Fact]
    public async Task Retain_asks_nobody_and_leaves_the_webhook()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"deletionPolicy":"Retain"}""");
        await world.Provider.ForgetCallsAsync();

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Equal(0, (await world.Provider.CallsAsync()).Total);
        Assert.NotNull(await world.WebhookAsync());
    }

    [Fact]
    public async Task A_webhook_that_is_somebody_elses_by_now_is_left_alone()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Provider.OverwriteWebhookAsync(new() { Url = "https://elsewhere.example/hook" });

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Equal("https://elsewhere.example/hook", (await world.WebhookAsync())?.Url);
        await world.TellsAsync("acme", Deregistered, says: "was left alone", type: "Normal");
    }

    [Fact]
    public async Task An_integration_that_never_registered_goes_without_a_call()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(MessengerIntegrationConditions.Stalled, "True", SecretNotFound));

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Equal(0, (await world.Provider.CallsAsync()).Total);
    }

    [Fact]
    public async Task A_deleted_namespace_goes_and_so_does_the_webhook_or_its_leak_is_counted()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);

        await world.DeleteNamespaceAsync();

        await world.NamespaceGoesAsync();
        Assert.Equal(world.Operator.Meters.Sum("messenger_operator.registrations.leaked") > 0, await world.WebhookAsync() is not null);
    }

    [Fact]
    public async Task A_deleted_namespace_goes_although_the_Secret_went_first()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.DeleteSecretAsync();
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(MessengerIntegrationConditions.Stalled, "True", SecretNotFound));

        await world.DeleteNamespaceAsync();

        await world.NamespaceGoesAsync();
        Assert.Equal(1, world.Operator.Meters.Sum("messenger_operator.registrations.leaked"));
    }

    private static Task MakeImmutableAsync(TestWorld world, string secret) => world.Client.CoreV1.PatchNamespacedSecretAsync(
        new V1Patch("""{"immutable":true}""", V1Patch.PatchType.MergePatch), secret, world.Namespace, cancellationToken: TestContext.Current.CancellationToken);
}
