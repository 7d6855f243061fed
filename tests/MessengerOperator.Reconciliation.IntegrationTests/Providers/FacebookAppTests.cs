using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Pages of one Meta app: one webhook for all of them, and a verify token that Meta checks it with.</summary>
public class FacebookAppTests(ControlPlane plane)
{
    private const string InTeam = """{"receiver":{"group":"team"}}""";
    private const string OwnToken = """{"facebook":{"webhookVerifyToken":{"name":"verify","key":"token"}}}""";
    private const string ReadyCondition = Api.MessengerIntegrations.MessengerIntegrationConditions.Ready;
    private readonly FacebookPage _first = FacebookPage.New();

    [Fact]
    public async Task Pages_of_one_app_share_its_webhook_and_each_message_is_told_of_the_page_that_it_went_to()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving(), InTeam);
        var (second, third) = (await JoinAsync(world, "second"), await JoinAsync(world, "third"));

        foreach (var page in new[] { _first, second, third })
        {
            Assert.Equal($"https://{SimulatedProvider.PublicHost}/{world.Namespace}/team", (await world.Provider.RegistrationAsync(page)).Of("app")?.Url);
            Assert.NotNull((await world.Provider.RegistrationAsync(page)).Of("page"));
            await world.Provider.SendAsync(new CustomerMessage { Text = page.Id }, page);
        }

        var inbox = await world.Inbox.WaitForAsync(3, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, inbox.Events.Select(item => item["source"]).Distinct().Count());
        Assert.Single(await SetsAsync(world));
        foreach (var name in new[] { "acme", "second", "third" })
        {
            await world.IsReadyAsync(name);
            await world.FurtherPassesAreIdleAsync(name);
        }
    }

    [Fact]
    public async Task The_apps_webhook_stays_when_its_first_page_goes_and_goes_with_the_last()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving(), InTeam);
        var second = await JoinAsync(world, "second");

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");

        Assert.Null((await world.Provider.RegistrationAsync()).Of("page"));
        Assert.NotNull((await world.Provider.RegistrationAsync(second)).Of("app"));
        await world.Provider.SendAsync(new CustomerMessage { Text = "still here" }, second);
        await world.Inbox.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);
        await world.Integrations.RequestAsync("second");
        await world.Integrations.BecomesAsync("second", integration => integration.Status?.LastHandledRequest is not null);
        await world.IsReadyAsync("second");

        await world.Integrations.DeleteAsync("second");
        await world.Integrations.GoesAsync("second");

        Assert.Empty((await world.Provider.RegistrationAsync(second)).All);
    }

    [Fact]
    public async Task A_page_of_the_app_in_another_group_is_told_which_one_and_moving_there_is_enough()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving(), InTeam);
        var second = _first.Sibling();
        await world.AddAsync(second);
        await world.CreateCredentialsAsync(second, "second");
        await world.Integrations.CreateAsync("second", second, secret: "second");
        await world.IsHeldUpAsync("second", AccountClaimed, AppShared, says: "set spec.receiver.group to 'team'");
        Assert.Null((await world.Provider.RegistrationAsync(second)).Of("page"));

        await world.Integrations.ChangeAsync("second", InTeam);

        await world.IsReadyAsync("second");
        await world.IsReadyAsync("acme");
    }

    [Theory]
    [InlineData("""{"suspend":true}""", Suspended)]
    [InlineData("""{"delivery":{"spool":{"sizeLimit":"8Mi"}}}""", InvalidSpec)]
    public async Task While_the_first_page_is_held_up_the_next_sets_the_apps_webhook(string change, string reason)
    {
        const string Moved = """{"webhook":{"url":"https://hooks.acme.example:8443"}}""";
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving(), InTeam);
        var second = await JoinAsync(world, "second");
        await world.Integrations.ChangeAsync("acme", change);
        await world.Integrations.BecomesAsync("acme", integration => integration.Condition(ReadyCondition)?.Reason == reason);

        await world.Integrations.ChangeAsync("acme", Moved);
        await world.Integrations.ChangeAsync("second", Moved);

        await world.IsReadyAsync("second");
        Assert.Equal($"https://{SimulatedProvider.PublicHost}:8443/{world.Namespace}/team", await AppUrlAsync(world));
        foreach (var page in new[] { _first, second })
        {
            await world.Provider.SendAsync(new CustomerMessage { Text = page.Id }, page);
        }

        await world.Inbox.WaitForAsync(2, cancellationToken: TestContext.Current.CancellationToken);
        await world.Integrations.ChangeAsync("acme", """{"suspend":false,"delivery":{"spool":null}}""");
        foreach (var name in new[] { "acme", "second" })
        {
            await world.IsReadyAsync(name);
            await world.FurtherPassesAreIdleAsync(name);
        }
    }

    [Fact]
    public async Task The_app_is_not_moved_away_from_where_a_suspended_page_is_served()
    {
        const string Elsewhere = """{"receiver":{"group":"elsewhere"}}""";
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving(), InTeam);
        await JoinAsync(world, "second");
        await world.Integrations.ChangeAsync("acme", """{"suspend":true}""");
        await world.Integrations.BecomesAsync("acme", integration => integration.Condition(ReadyCondition)?.Reason == Suspended);

        await world.Integrations.ChangeAsync("acme", Elsewhere);
        await world.Integrations.ChangeAsync("second", Elsewhere);

        await world.Integrations.BecomesAsync("second", integration => integration.Has(WebhookRegistered, "False", RegistrationRejected));
        Assert.Equal($"https://{SimulatedProvider.PublicHost}/{world.Namespace}/team", await AppUrlAsync(world));
        await world.Provider.SendAsync(new CustomerMessage { Text = "still here" });
        await world.Inbox.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);
        await world.Integrations.ChangeAsync("acme", """{"suspend":false}""");
        await world.IsReadyAsync("acme");
        await world.IsReadyAsync("second", TimeSpan.FromMinutes(2));
        Assert.Equal($"https://{SimulatedProvider.PublicHost}/{world.Namespace}/elsewhere", await AppUrlAsync(world));
    }

    [Fact]
    public async Task A_verify_token_of_ones_own_is_what_Meta_checks_with_and_another_one_is_registered()
    {
        await using var world = await TestWorld.StartAsync(plane, Receiving());
        await world.CreateCredentialsAsync();
        await world.CreateSecretAsync("chosen-by-the-admin", "verify", "token");
        await world.Integrations.CreateAsync("acme", world.Tenant, OwnToken);
        await world.IsReadyAsync("acme");
        Assert.Equal(["chosen-by-the-admin"], await SetsAsync(world));
        await world.FurtherPassesAreIdleAsync("acme");

        await world.ChangeSecretAsync("chosen-afterwards", "verify", "token");

        await Eventually.Holds(async () => (await SetsAsync(world)).Contains("chosen-afterwards"));
        await world.Integrations.BecomesAsync("acme", integration => integration.Ledger.All(entry => entry.State == Api.MessengerIntegrations.RegistrationState.Active));
        await world.IsReadyAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
        Assert.Equal(2, (await SetsAsync(world)).Count);
    }

    [Fact]
    public async Task A_verify_token_that_is_none_is_told_and_a_better_one_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane, Receiving());
        await world.CreateCredentialsAsync();
        await world.Integrations.CreateAsync("acme", world.Tenant, OwnToken);
        await world.IsHeldUpAsync("acme", SecretsResolved, SecretNotFound, says: "'verify'");
        await world.CreateSecretAsync(" padded\n", "verify", "token");
        await world.IsHeldUpAsync("acme", SecretsResolved, MalformedCredential, says: "white space");

        await world.ChangeSecretAsync("better", "verify", "token");

        await world.IsReadyAsync("acme");
        Assert.Equal(["better"], await SetsAsync(world));
    }

    [Fact]
    public async Task A_generated_verify_token_is_rotated_and_Meta_checks_with_the_new_one()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, Receiving());
        var old = await world.GeneratedAsync("acme", "token");

        await world.Integrations.AnnotateAsync("acme", Api.MessengerIntegrations.MessengerIntegrationAnnotations.RotateWebhookToken, "one");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");
        Assert.Equal([old, await world.GeneratedAsync("acme", "token")], await SetsAsync(world));
        await world.IsReadyAsync("acme");
    }

    private WorldOptions Receiving() => new() { Tenant = _first, Receives = true };

    private async Task<FacebookPage> JoinAsync(TestWorld world, string name)
    {
        var page = _first.Sibling();
        await world.AddAsync(page);
        await world.CreateCredentialsAsync(page, name);
        await world.Integrations.CreateAsync(name, page, InTeam, secret: name);
        await world.IsReadyAsync(name);
        return page;
    }

    private static async Task<string?> AppUrlAsync(TestWorld world) => (await world.Provider.RegistrationAsync()).Of("app")?.Url;

    /// <summary>The verify tokens with which the app's webhook was set, in their order.</summary>
    private static async Task<IReadOnlyList<string>> SetsAsync(TestWorld world) =>
        [.. (await world.Provider.RegistrationAsync()).History.Where(change => change is { Scope: "app", Change: RegistrationChange.Set, Succeeded: true }).Select(change => change.Parameters["verify_token"])];
}
