using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>What Facebook has alone: two levels, and a username that a page need not have.</summary>
public class FacebookPageTests(ControlPlane plane)
{
    [Fact]
    public async Task A_page_that_facebook_has_dropped_is_subscribed_again_and_the_app_left_as_it_is()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Tenant = FacebookPage.New(), Receives = true });
        await world.Provider.OverwriteWebhookAsync(new WebhookChange { Scope = "page", Settings = new Dictionary<string, string> { ["subscribed"] = "false" } });
        Assert.Null(await world.WebhookAsync());

        await world.Integrations.RequestAsync("acme");

        await world.Provider.IsRegisteredAsync();
        await world.TellsAsync("acme", RegistrationDrifted, "subscription");
        await world.IsReadyAsync("acme");
        Assert.Equal(1, (await world.Provider.CallsAsync()).Of("post_subscriptions"));
    }

    [Fact]
    public async Task A_page_without_a_username_is_Ready_and_its_owner_is_told()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Tenant = FacebookPage.New(), Receives = true });
        await world.Provider.ChangeSettingsAsync(new Dictionary<string, string?> { ["hasUsername"] = "false" });
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", world.Tenant);

        await world.IsReadyAsync("acme");

        Assert.Contains(await world.EventsAsync("acme"), item => item.Type == "Warning" && item.Message.Contains("spec.facebook.pageUsername", StringComparison.Ordinal));
    }
}
