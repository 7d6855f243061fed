using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Somebody else with the bot's token changes the webhook behind the operator's back.</summary>
public class DriftTests(ControlPlane plane)
{
    private static readonly Dictionary<string, (WebhookChange? Change, string Says)> Drifts = new()
    {
        ["removed"] = (null, "url"),
        ["another URL"] = (new WebhookChange { Url = "https://elsewhere.example/hook" }, "url"),
        ["fewer updates"] = (new WebhookChange { AllowedUpdates = ["message"] }, "allowedUpdates"),
        ["fewer connections"] = (new WebhookChange { MaxConnections = 1 }, "maxConnections"),
    };

    public static TheoryData<string> Cases => [.. Drifts.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_changed_registration_is_repaired_on_request_and_told(string drift)
    {
        var (change, says) = Drifts[drift];
        await using var world = await TestWorld.StartReadyAsync(plane);
        await (change is null ? world.Provider.RemoveWebhookAsync() : world.Provider.OverwriteWebhookAsync(change));

        var request = await world.Integrations.RequestAsync("acme");

        await world.TellsAsync("acme", RegistrationDrifted, says);
        await world.Integrations.BecomesAsync("acme", integration => integration.IsReady && integration.Status!.LastHandledRequest == request);
        var webhook = await world.WebhookAsync();
        Assert.Equal(
            ($"https://hooks.acme.example/{world.Namespace}/acme", 40, await world.GeneratedAsync("acme", "token")),
            (webhook?.Url, webhook?.MaxConnections, webhook?.SecretToken));
        Assert.Single((await world.Integrations.GetAsync("acme")).Ledger);
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task A_registration_that_somebody_else_overwrites_at_once_is_told_and_not_fought_over_in_a_hot_loop()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.Provider.FailsAsync("getWebhookInfo", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 2_000 });
        await world.Provider.CallsAsync(waitFor: "setWebhook:1");
        await world.Provider.OverwriteWebhookAsync(new WebhookChange { Url = "https://elsewhere.example/hook" });

        await world.IsHeldUpAsync("acme", MessengerIntegrationConditions.WebhookRegistered, RegistrationDrifted, says: "Find and stop it", stalled: false);
        await world.Provider.RecoversAsync();
        await world.Integrations.RequestAsync("acme");

        await world.IsReadyAsync("acme");
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/acme", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task A_removed_registration_is_repaired_by_the_timer()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"checkInterval":"1m"}""");
        await world.Provider.RemoveWebhookAsync();
        await world.Provider.ForgetCallsAsync();

        await world.Provider.IsRegisteredAsync(within: TimeSpan.FromSeconds(100));

        await world.TellsAsync("acme", RegistrationDrifted, says: "url");
        Assert.Equal(1, (await world.Provider.CallsAsync()).Of("setWebhook"));
    }

    [Fact]
    public async Task A_check_of_a_healthy_account_costs_two_calls_and_no_write()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: """{"checkInterval":"1m"}""");
        await world.FurtherPassesAreIdleAsync("acme");
        await world.Provider.ForgetCallsAsync();
        world.Operator.Requests.Clear();

        var calls = await world.Provider.CallsAsync(waitFor: "getWebhookInfo:1", within: TimeSpan.FromSeconds(100));

        Assert.Equal(["getMe", "getWebhookInfo"], calls.Calls.Select(call => call.Method));
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Single(world.History.Of("acme", MessengerIntegrationConditions.Ready), path => path == "True Ready");
    }
}
