using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>One bot has one webhook, so it has one integration: the oldest.</summary>
public class AccountConflictTests(ControlPlane plane)
{
    [Fact]
    public async Task The_younger_of_two_registers_nothing_until_the_older_is_gone()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.CreateAsync("rival", world.Bot);
        await world.IsHeldUpAsync("rival", AccountClaimed, AccountConflict, says: $"{world.Namespace}/acme holds this account");
        Assert.Single((await world.Provider.RegistrationAsync()).History);
        await world.IsReadyAsync("acme");

        await world.Integrations.DeleteAsync("acme");

        await world.IsReadyAsync("rival");
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/rival", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task The_younger_of_two_goes_without_touching_the_olders_webhook()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.CreateAsync("rival", world.Bot);
        await world.Integrations.BecomesAsync("rival", integration => integration.Has(AccountClaimed, "False", AccountConflict));

        await world.Integrations.DeleteAsync("rival");

        await world.Integrations.GoesAsync("rival");
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/acme", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task The_younger_becomes_Ready_when_the_older_names_another_bot()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.CreateAsync("rival", world.Bot);
        await world.Integrations.BecomesAsync("rival", integration => integration.Has(AccountClaimed, "False", AccountConflict));
        var other = Bot.New();
        await world.AddBotAsync(other);
        await world.CreateSecretAsync(other.Token, name: "other-telegram");

        await world.Integrations.ChangeAsync("acme", $$"""{"telegram":{"botUsername":"{{other.Username}}","apiToken":{"name":"other-telegram"} } }""");

        await world.IsReadyAsync("rival");
        await world.IsReadyAsync("acme");
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/rival", (await world.WebhookAsync())?.Url);
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/acme", (await world.Provider.RegistrationAsync(other)).Current?.Url);
    }

    [Fact]
    public async Task Of_two_created_at_once_one_becomes_Ready_and_the_provider_delivers_to_it()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await Task.WhenAll(world.Integrations.CreateAsync("acme", world.Bot), world.Integrations.CreateAsync("rival", world.Bot));

        var claims = new[] { await IsSettledAsync(world, "acme"), await IsSettledAsync(world, "rival") };

        var winner = Assert.Single(claims, integration => integration.IsReady);
        Assert.Single(claims, integration => integration.Has(AccountClaimed, "False", AccountConflict));
        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/{winner.Metadata.Name}", (await world.WebhookAsync())?.Url);
    }

    [Fact]
    public async Task It_holds_across_namespaces_and_restarts()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var elsewhere = (await plane.NewNamespaceAsync()).Name;
        using var others = new Integrations(world.Client, elsewhere);
        await using var pods = new PodActor(world.Client, elsewhere);
        await world.Client.CoreV1.CreateNamespacedSecretAsync(
            Build.Secret(elsewhere, "acme-telegram", ("apiToken", world.Bot.Token)), elsewhere, cancellationToken: TestContext.Current.CancellationToken);

        // Creation times have whole seconds.
        var created = (await world.Integrations.GetAsync("acme")).Metadata.CreationTimestamp!.Value;
        await Eventually.Holds(() => TimeProvider.System.GetUtcNow().UtcDateTime >= created.AddSeconds(1));
        await others.CreateAsync("aaaa", world.Bot);
        await world.StopOperatorAsync();

        await world.StartOperatorAsync(alsoIn: [elsewhere]);

        var loser = await others.BecomesAsync("aaaa", integration => integration.Has(AccountClaimed, "False", AccountConflict));
        Assert.Contains($"{world.Namespace}/acme", loser.Condition(AccountClaimed)!.Message, StringComparison.Ordinal);
        await world.StopOperatorAsync();
        await world.Provider.ForgetCallsAsync();
        await world.StartOperatorAsync(alsoIn: [elsewhere]);
        await world.Provider.CallsAsync(waitFor: "getMe:2");
        await world.Provider.CallsAsync(waitFor: "getWebhookInfo:1");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(0, (await world.Provider.CallsAsync()).Of("setWebhook"));
        await world.Integrations.DeleteAsync("acme");
        await others.BecomesAsync("aaaa", integration => integration.IsReady);
        Assert.Equal($"https://hooks.acme.example/{elsewhere}/aaaa", (await world.WebhookAsync())?.Url);
    }

    private static Task<MessengerIntegration> IsSettledAsync(TestWorld world, string name) =>
        world.Integrations.BecomesAsync(name, integration => integration.IsReady || integration.Has(AccountClaimed, "False", AccountConflict));
}
