using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>A provider that cannot be asked says nothing about the account: a new integration waits, a Ready one stays so.</summary>
public class ProviderOutageTests(ControlPlane plane)
{
    [Fact]
    public async Task A_Ready_integration_stays_Ready_through_an_outage_and_says_when_newer_is_known()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Provider.FailsAsync("*", TelegramFaults.Restart);
        var request = await world.Integrations.RequestAsync("acme");
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(CredentialsValid, "True", ProviderUnavailable));
        await world.FurtherPassesAreIdleAsync("acme", calls: 2);

        await world.Provider.RecoversAsync();

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(CredentialsValid, "True", Valid) && integration.Status!.LastHandledRequest == request);
        Assert.Equal("True Ready", world.History.Of("acme", MessengerIntegrationConditions.Ready)[^1]);
        Assert.Single(world.History.Of("acme", MessengerIntegrationConditions.Ready), path => path.StartsWith("True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_connection_is_waited_out()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { ProviderRuns = false });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", CredentialsValid, ProviderUnavailable, says: "the connection failed", status: "Unknown", stalled: false);

        await world.StartProviderAsync();

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_Ready_integration_outlives_a_provider_that_was_away()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.StopProviderAsync();
        await world.Integrations.RequestAsync("acme");
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(CredentialsValid, "True", ProviderUnavailable));
        await world.IsReadyAsync("acme");

        // It comes back without the webhook, as after a restore from an old copy.
        await world.StartProviderAsync();

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(CredentialsValid, "True", Valid));
        await world.Provider.IsRegisteredAsync();
    }

    [Fact]
    public async Task A_pause_that_the_provider_asks_for_is_obeyed()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Provider.FailsAsync("getMe", TelegramFaults.TooManyRequests(8) with { Times = 1 });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsReadyAsync("acme");

        var calls = (await world.Provider.CallsAsync()).Calls;
        Assert.Equal([429, 200], calls.Take(2).Select(call => call.Status));
        Assert.InRange(calls[1].Time - calls[0].Time, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(30));
    }
}
