using System.Globalization;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>What a new integration comes to, and what it costs.</summary>
public class HappyPathTests(ControlPlane plane, ITestOutputHelper output)
{
    [Fact]
    public async Task A_new_integration_costs_four_calls_and_a_counted_number_of_writes()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsReadyAsync("acme");

        var calls = await world.Provider.GetCallsAsync(world.Bot.Id);
        Assert.Equal(["getMe", "getWebhookInfo", "setWebhook", "getWebhookInfo"], calls.Calls.Select(call => call.Method));
        var writes = world.Operator.Requests.Writes;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"API writes of a new integration: {writes.Count}"));
        foreach (var (method, path) in writes)
        {
            output.WriteLine($"  {method} {path}");
        }

        Assert.InRange(writes.Count, 1, 12);
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task The_registration_is_ours_and_the_ledger_knows_it()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);

        var webhook = await world.WebhookAsync();
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/acme", webhook?.Url);
        Assert.Equal(await world.GeneratedAsync("acme", "token"), webhook?.SecretToken);
        var entry = Assert.Single((await world.Integrations.GetAsync("acme")).Ledger);
        Assert.Equal((RegistrationState.Active, world.Bot.Id, webhook?.Url), (entry.State, entry.AccountId, entry.Url));
    }
}
