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

    [Fact]
    public async Task A_token_that_runs_out_is_in_status_and_told_two_weeks_a_week_and_a_day_before()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Tenant = FacebookPage.New(), Receives = true });
        var end = await RunsOutInAsync(world, 20);
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", world.Tenant);
        var ready = await world.IsReadyAsync("acme");
        Assert.Equal(end.UtcDateTime, ready.Status!.Account!.CredentialsExpireAt);
        Assert.DoesNotContain(await world.EventsAsync("acme"), item => item.Reason == CredentialsExpiring);

        foreach (var (days, says) in new[] { (13, "less than 14 days"), (6, "less than 7 days"), (0.5, "less than a day") })
        {
            end = await RunsOutInAsync(world, days);
            await world.Integrations.RequestAsync("acme");
            await world.TellsAsync("acme", CredentialsExpiring, says);
            await world.Integrations.BecomesAsync("acme", integration => integration.Status!.Account!.CredentialsExpireAt == end.UtcDateTime);
            await world.IsReadyAsync("acme");
        }

        Assert.NotEmpty(world.Operator.Meters.Series);
        Assert.Equal(end.ToUnixTimeSeconds(), world.Operator.Meters.Sum("messenger_operator.integration.credentials_expiration"));
        var request = await world.Integrations.RequestAsync("acme");
        await world.Integrations.BecomesAsync("acme", integration => integration.Status!.LastHandledRequest == request);
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(3, (await world.EventsAsync("acme")).Where(item => item.Reason == CredentialsExpiring).Sum(item => item.Count ?? 1));
    }

    private static async Task<DateTimeOffset> RunsOutInAsync(TestWorld world, double days)
    {
        // Status tells whole minutes.
        var end = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(days).ToUnixTimeSeconds() / 60 * 60);
        await world.Provider.ChangeSettingsAsync(new Dictionary<string, string?> { ["expiresAt"] = end.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return end;
    }
}
