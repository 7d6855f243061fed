using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Network;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Changes of what is to be registered. What a provider refuses is in its error table.</summary>
public class RegistrationTests(ControlPlane plane)
{
    [Fact]
    public async Task A_port_that_the_provider_does_not_deliver_to_is_told_and_another_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"webhook":{"url":"https://hooks.acme.example:8444"}}""");
        await world.IsHeldUpAsync("acme", WebhookRegistered, RegistrationRejected, says: "443, 80, 88 and 8443");

        await world.Integrations.ChangeAsync("acme", """{"webhook":{"url":"https://hooks.acme.example:8443"}}""");

        var ready = await world.IsReadyAsync("acme");
        Assert.Equal(RegistrationState.Active, Assert.Single(ready.Ledger).State);
        Assert.Equal($"https://hooks.acme.example:8443/{world.Namespace}/acme", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task Another_URL_is_registered_and_the_ledger_holds_one_entry()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Provider.ResolveAsync(new NameOverride { Host = "new.acme.example", Addresses = ["203.0.113.11"] });

        await world.Integrations.ChangeAsync("acme", """{"webhook":{"url":"https://new.acme.example","path":"/telegram"}}""");

        var ready = await world.IsReadyAsync("acme");
        var entry = Assert.Single(ready.Ledger);
        Assert.Equal(("https://new.acme.example/telegram", RegistrationState.Active), (entry.Url, entry.State));
        Assert.Equal("https://new.acme.example/telegram", (await world.WebhookAsync())?.Url);
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task Another_account_is_registered_and_the_old_one_deregistered()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var other = Bot.New();
        await world.AddBotAsync(other);
        await world.CreateSecretAsync(other.Token, name: "other-telegram");

        await world.Integrations.ChangeAsync("acme", $$"""{"telegram":{"botUsername":"{{other.Username}}","apiToken":{"name":"other-telegram"} } }""");

        await world.Provider.IsRegisteredAsync(other);
        await world.Provider.IsDeregisteredAsync();
        var ready = await world.Integrations.BecomesAsync("acme", integration => integration is { IsReady: true, Ledger.Count: 1 });
        Assert.Equal(other.Id, ready.Ledger[0].AccountId);
        await world.TellsAsync("acme", Deregistered, says: "was removed", type: "Normal");
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task Another_account_in_the_same_Secret_leaves_the_old_registration_in_the_ledger_until_it_is_told_as_leaked()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"deregistrationDeadline":"1s"}""");
        var other = Bot.New();
        await world.AddBotAsync(other);

        // The only credentials of the old account are overwritten.
        await world.ChangeSecretAsync(other.Token);
        await world.Integrations.ChangeAsync("acme", $$"""{"telegram":{"botUsername":"{{other.Username}}" } }""");

        await world.Provider.IsRegisteredAsync(other);
        await world.TellsAsync("acme", RegistrationLeaked, says: $"at account {world.Bot.Id}");
        var leaked = await world.Integrations.BecomesAsync("acme", integration => integration.Ledger.Any(entry => entry.State == RegistrationState.Leaked));
        Assert.Equal([other.Id, world.Bot.Id], leaked.Ledger.OrderBy(entry => entry.State).Select(entry => entry.AccountId));
        await world.IsReadyAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task A_webhook_token_changed_by_hand_is_registered()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        const string Changed = "changed-by-hand-0123456789";

        await world.ChangeGeneratedAsync("acme", "token", Changed);

        await Eventually.Holds(async () => (await world.WebhookAsync())?.SecretToken == Changed);
        var ready = await world.Integrations.BecomesAsync("acme", integration => integration is { IsReady: true } && integration.Ledger is [{ State: RegistrationState.Active }]);
        Assert.Single(ready.Ledger);
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task A_deleted_webhook_Secret_is_made_anew_and_registered()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var before = await world.GeneratedAsync("acme", "token");

        await world.DeleteSecretAsync("acme-webhook");

        await Eventually.Holds(async () => (await world.WebhookAsync())?.SecretToken is { Length: > 0 } token && token != before);
        await world.IsReadyAsync("acme");
        Assert.Equal((await world.WebhookAsync())?.SecretToken, await world.GeneratedAsync("acme", "token"));
    }

    [Fact]
    public async Task Manual_registration_writes_nothing_at_the_provider_and_takes_what_an_admin_has_registered()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await ByHandAsync(world);

        Assert.Equal(0, (await world.Provider.CallsAsync()).Of("setWebhook"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://elsewhere.example/hook")]
    public async Task A_webhook_made_by_hand_that_goes_or_leads_elsewhere_is_told_whatever_came_before(string? url)
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        receiver.Says(world, "acme", """{"lastEventAt":"2026-11-24T08:00:00Z"}""");
        var made = await ByHandAsync(world);

        await (url is null ? world.Provider.RemoveWebhookAsync() : world.Provider.OverwriteWebhookAsync(new() { Url = url }));
        await world.Integrations.RequestAsync("acme");

        await world.IsHeldUpAsync("acme", WebhookRegistered, ManualActionRequired, says: "status.webhook.url");
        await world.Provider.OverwriteWebhookAsync(made);
        await world.Integrations.RequestAsync("acme");
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_webhook_made_by_hand_with_other_settings_counts_for_good_once_it_has_delivered()
    {
        await using var receiver = await ReceiverStatusStub.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, receiver.Options);
        receiver.Says(world, "acme", """{"lastEventAt":"2026-11-24T08:00:00Z"}""");
        await ByHandAsync(world);

        await world.Provider.OverwriteWebhookAsync(new() { MaxConnections = 7 });
        var request = await world.Integrations.RequestAsync("acme");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status!.LastHandledRequest == request);
        await world.FurtherPassesAreIdleAsync("acme");
        await world.IsReadyAsync("acme");
    }

    /// <summary>An integration "acme" whose webhook an admin enters as he is told.</summary>
    private static async Task<WebhookChange> ByHandAsync(TestWorld world)
    {
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"webhook":{"registration":"Manual"}}""");
        var held = await world.IsHeldUpAsync("acme", WebhookRegistered, ManualActionRequired, says: "status.webhook.url");
        var made = new WebhookChange
        {
            Url = held.Status!.Webhook!.Url,
            SecretToken = await world.GeneratedAsync("acme", "token"),
            AllowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"],
            MaxConnections = 40,
        };
        await world.Provider.OverwriteWebhookAsync(made);
        await world.Integrations.RequestAsync("acme");
        await world.IsReadyAsync("acme");
        return made;
    }
}
