using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>A provider that cannot be asked says nothing about the account: a new integration waits, a Ready one stays so.</summary>
public class ProviderOutageTests(ControlPlane plane)
{
    private static readonly Dictionary<string, (Fault Fault, string Reason, string Says)> Outages = new()
    {
        ["slow"] = (new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000 }, ProviderUnavailable, "no answer within 2 s"),
        ["429"] = (TelegramFaults.TooManyRequests(7), RateLimited, "asks for a pause"),
        ["500"] = (TelegramFaults.Restart, ProviderUnavailable, "Internal Server Error"),
        ["502 as HTML"] = (TelegramFaults.BadGateway, ProviderUnavailable, "not the Bot API's JSON"),
        ["200 as HTML"] = (new Fault { Kind = FaultKind.Html, Status = 200 }, ProviderUnavailable, "not the Bot API's JSON"),
        ["empty"] = (new Fault { Kind = FaultKind.EmptyBody }, ProviderUnavailable, "not the Bot API's JSON"),
        ["cut"] = (new Fault { Kind = FaultKind.Garbage }, ProviderUnavailable, "not the Bot API's JSON"),
        ["reset"] = (new Fault { Kind = FaultKind.ConnectionReset }, ProviderUnavailable, "the connection failed"),
    };

    private static readonly WorldOptions Impatient = new() { Providers = http => http.TimeoutSeconds = 2 };

    public static TheoryData<string> Cases => [.. Outages.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_new_integration_waits_and_goes_on_by_itself(string outage)
    {
        var (fault, reason, says) = Outages[outage];
        await using var world = await TestWorld.StartAsync(plane, Impatient);
        await world.Provider.FailsAsync("*", fault);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", CredentialsValid, reason, says, status: "Unknown", stalled: false, calls: 1);

        await world.Provider.RecoversAsync();

        await world.IsReadyAsync("acme");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_Ready_integration_stays_Ready_and_says_why_nothing_newer_is_known(string outage)
    {
        var (fault, reason, says) = Outages[outage];
        await using var world = await TestWorld.StartReadyAsync(plane, Impatient);
        await world.Provider.FailsAsync("*", fault);
        var request = await world.Integrations.RequestAsync("acme");
        var kept = await world.Integrations.BecomesAsync("acme", integration => integration.Has(CredentialsValid, "True", reason));
        Assert.Contains("last good verdict is kept", kept.Condition(CredentialsValid)!.Message, StringComparison.Ordinal);
        await world.TellsAsync("acme", reason, says);
        await world.IsReadyAsync("acme");
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

    [Fact]
    public async Task A_pause_asked_for_while_registering_is_obeyed()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Provider.FailsAsync("setWebhook", TelegramFaults.TooManyRequests(4));
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", WebhookRegistered, RateLimited, says: "asks for a pause", status: "Unknown", stalled: false, calls: 2);

        await world.Provider.RecoversAsync();

        await world.IsReadyAsync("acme");
    }
}
