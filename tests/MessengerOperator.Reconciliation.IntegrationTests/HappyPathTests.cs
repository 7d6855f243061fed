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

        var calls = await world.Provider.CallsAsync();
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
    public async Task The_example_becomes_Ready_over_a_proven_URL()
    {
        var (secret, integration) = (await ExampleFiles.SecretAsync(), await ExampleFiles.IntegrationAsync());
        var token = secret.StringData["apiToken"];
        var bot = new Bot(token.Split(':')[0], token, (string)integration["spec"]!["telegram"]!["botUsername"]!);
        await using var endpoint = await PublicEndpoint.StartAsync();
        await using var world = await TestWorld.StartAsync(plane, endpoint.Options with { Tenant = bot });
        endpoint.AnswersAsTheReceiverOf(world);

        // The names of the example are not ours to answer for, so the operator's default URL serves.
        integration["spec"]!["webhook"]!.AsObject().Remove("url");
        integration["metadata"]!["name"] = "acme";
        await world.CreateSecretAsync(token, secret.Metadata.Name);
        await world.Integrations.CreateAsync(integration);

        var ready = await world.IsReadyAsync("acme");

        Assert.Equal(bot.Username, ready.Status!.Account!.Username);
        Assert.Equal($"{endpoint.Address}/{world.Namespace}/acme", (await world.WebhookAsync())?.Url);
        Assert.Single(world.History.Of("acme", MessengerIntegrationConditions.Ready), path => path.StartsWith("True", StringComparison.Ordinal));
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
