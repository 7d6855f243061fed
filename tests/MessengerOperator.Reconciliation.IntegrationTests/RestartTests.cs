using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The operator is stopped at the worst moments and started again.</summary>
public class RestartTests(ControlPlane plane)
{
    private static readonly WorldOptions Abrupt = new() { Operator = settings => settings.DrainTimeout = TimeSpan.Zero };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_between_intent_and_answer_it_converges_to_one_registration(bool providerHadTakenIt)
    {
        await using var world = await TestWorld.StartAsync(plane, Abrupt);
        await world.Provider.FailsAsync("setWebhook", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 120_000 });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        var pending = await world.Integrations.BecomesAsync("acme", integration => integration.Ledger is [{ State: RegistrationState.Pending }]);
        await world.StopOperatorAsync();
        await world.Provider.RecoversAsync();
        if (providerHadTakenIt)
        {
            await world.Provider.OverwriteWebhookAsync(new() { Url = pending.Ledger[0].Url, SecretToken = await world.GeneratedAsync("acme", "token") });
        }

        await world.StartOperatorAsync();

        var ready = await world.IsReadyAsync("acme");
        Assert.Equal(RegistrationState.Active, Assert.Single(ready.Ledger).State);
        var webhook = await world.WebhookAsync();
        Assert.Equal((pending.Ledger[0].Url, await world.GeneratedAsync("acme", "token")), (webhook?.Url, webhook?.SecretToken));
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task Stopped_between_intent_and_answer_a_deletion_meanwhile_leaves_nothing_behind()
    {
        await using var world = await TestWorld.StartAsync(plane, Abrupt);
        await world.Provider.FailsAsync("setWebhook", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 120_000 });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        var pending = await world.Integrations.BecomesAsync("acme", integration => integration.Ledger is [{ State: RegistrationState.Pending }]);
        await world.StopOperatorAsync();
        await world.Provider.RecoversAsync();
        await world.Provider.OverwriteWebhookAsync(new() { Url = pending.Ledger[0].Url, SecretToken = "as-it-was-set" });
        await world.Integrations.DeleteAsync("acme");

        await world.StartOperatorAsync();

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
    }

    [Fact]
    public async Task A_restart_asks_each_account_once_and_writes_nothing()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var before = await world.Integrations.GetAsync("acme");
        await world.StopOperatorAsync();
        await world.Provider.ForgetCallsAsync();

        await world.StartOperatorAsync();

        await world.Provider.CallsAsync(waitFor: "getWebhookInfo:1");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(["getMe", "getWebhookInfo"], (await world.Provider.CallsAsync()).Calls.Select(call => call.Method));
        Assert.Equal(before.Status!.ObservedGeneration, (await world.Integrations.GetAsync("acme")).Status!.ObservedGeneration);
    }

    [Fact]
    public async Task A_restart_during_an_outage_keeps_Ready()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.StopOperatorAsync();
        await world.Provider.FailsAsync("*", TelegramFaults.Restart);

        await world.StartOperatorAsync();

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(MessengerIntegrationConditions.CredentialsValid, "True", ProviderUnavailable));
        await world.IsReadyAsync("acme");
        Assert.Equal("True Ready", world.History.Of("acme", MessengerIntegrationConditions.Ready)[^1]);
        await world.Provider.RecoversAsync();
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(MessengerIntegrationConditions.CredentialsValid, "True", Valid));
    }

    [Fact]
    public async Task What_was_changed_while_it_was_away_is_caught_up()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.StopOperatorAsync();
        await world.Provider.RemoveWebhookAsync();
        await world.Receiver.DeleteServiceAsync();

        await world.StartOperatorAsync();

        await world.Provider.IsRegisteredAsync();
        await Eventually.Holds(async () => await world.Receiver.ServiceAsync() is not null);
        await world.IsReadyAsync("acme");
    }
}
