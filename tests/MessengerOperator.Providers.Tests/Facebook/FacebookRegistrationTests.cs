using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Accounts;
using static MessengerOperator.Providers.Tests.Facebook.FacebookWorld;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>Observing, registering and removing both levels against the simulator.</summary>
public sealed class FacebookRegistrationTests : IAsyncLifetime
{
    private static readonly string[] Fields =
    [
        "messages", "messaging_postbacks", "message_deliveries", "message_reads", "message_echoes", "message_edits", "message_reactions", "messaging_optins", "messaging_referrals",
    ];

    private FacebookWorld _world = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Both_levels_are_registered_and_read_back_without_differences()
    {
        Assert.Equal(["url", "active", "fields"], Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
        Assert.True(Ok(await _world.ObserveAsync(_world.AppTarget())).DeliversElsewhere);
        Assert.Equal(["subscription"], Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
        Assert.True(Ok(await _world.ObserveAsync(_world.PageTarget())).DeliversElsewhere);

        await _world.RegisterBothAsync();

        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
        Assert.Empty(Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
        var registrations = await _world.RegistrationsAsync();
        Assert.Equal((_world.Url.AbsoluteUri, VerifyToken), (registrations.Of("app")!.Url, registrations.Of("app")!.SecretToken));
        Assert.Equal(Fields, registrations.Of("app")!.AllowedUpdates);
        Assert.Equal(Fields, registrations.Of("page")!.AllowedUpdates);
    }

    [Fact]
    public async Task A_receiver_that_does_not_know_the_token_yet_is_tried_again()
    {
        _world.ReceiversToken = "an-older-token";

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _world.RegisterAsync(_world.AppTarget())).Failure);

        Assert.True(rejected.Retry);
        Assert.Contains("403", rejected.Detail, StringComparison.Ordinal);
        Assert.Null((await _world.RegistrationsAsync()).Of("app"));
    }

    [Fact]
    public async Task Whoever_does_not_own_the_apps_webhook_waits_for_it_and_never_writes()
    {
        var rejected = Assert.IsType<ProviderFailure.Rejected>((await _world.RegisterAsync(_world.AppTarget(owns: false))).Failure);
        Assert.True(rejected.Retry);
        Assert.Contains("oldest integration", rejected.Advice, StringComparison.Ordinal);

        Ok(await _world.RegisterAsync(_world.AppTarget()));

        Assert.False(Ok(await _world.RegisterAsync(_world.AppTarget(owns: false))).Changed);
        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget(owns: false))).Differences);
        Assert.Equal(1, await _world.CallsAsync("post_subscriptions"));
    }

    [Fact]
    public async Task What_somebody_changes_at_the_app_is_seen_within_two_minutes()
    {
        await _world.RegisterBothAsync();
        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);

        await OverwriteAsync(new WebhookChange { Url = "https://elsewhere.example/hook" }, "url");
        await OverwriteAsync(new WebhookChange { Settings = new Dictionary<string, string> { ["active"] = "false" } }, "active");
        await OverwriteAsync(new WebhookChange { AllowedUpdates = ["messages"] }, "fields");
        await OverwriteAsync(new WebhookChange { AllowedUpdates = [.. Fields, "feed"] }, "fields");

        await _world.Control.RemoveWebhookAsync(PageId, Cancelled);
        _world.Clock.Advance(TimeSpan.FromMinutes(2.1));
        Assert.Equal(["url", "active", "fields"], Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);

        async Task OverwriteAsync(WebhookChange change, string difference)
        {
            await _world.Control.OverwriteWebhookAsync(PageId, change, Cancelled);
            _world.Clock.Advance(TimeSpan.FromMinutes(2.1));
            Assert.Equal([difference], Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
            Ok(await _world.RegisterAsync(_world.AppTarget()));
            Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
        }
    }

    [Fact]
    public async Task The_order_of_fields_does_not_count()
    {
        await _world.RegisterBothAsync();
        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { AllowedUpdates = [.. Fields.Reverse()] }, Cancelled);
        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Scope = "page", AllowedUpdates = [.. Fields.Reverse()] }, Cancelled);
        _world.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
        Assert.Empty(Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
    }

    [Fact]
    public async Task A_page_that_was_dropped_or_has_other_fields_is_seen_at_once_and_repaired()
    {
        await _world.RegisterBothAsync();

        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Scope = "page", AllowedUpdates = ["messages", "feed"] }, Cancelled);
        Assert.Equal(["subscribedFields"], Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
        Ok(await _world.RegisterAsync(_world.PageTarget()));
        Assert.Empty(Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);

        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Scope = "page", Settings = new Dictionary<string, string> { ["subscribed"] = "false" } }, Cancelled);
        Assert.Equal(["subscription"], Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
        Ok(await _world.RegisterAsync(_world.PageTarget()));
        Assert.Empty(Ok(await _world.ObserveAsync(_world.PageTarget())).Differences);
    }

    [Fact]
    public async Task Removal_takes_the_page_first_and_then_the_app_and_is_safe_to_repeat()
    {
        await _world.RegisterBothAsync();

        Assert.Equal(Deregistration.Removed, Ok(await _world.DeregisterAsync(PageScope)));
        Assert.NotNull((await _world.RegistrationsAsync()).Of("app"));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _world.DeregisterAsync(PageScope)));

        Assert.Equal(Deregistration.Removed, Ok(await _world.DeregisterAsync(AppScope)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _world.DeregisterAsync(AppScope)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await _world.DeregisterAsync(PageScope)));
        Assert.Empty((await _world.RegistrationsAsync()).All);
    }

    [Fact]
    public async Task What_points_elsewhere_is_left_alone_at_both_levels()
    {
        await _world.RegisterBothAsync();
        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Url = "https://elsewhere.example/hook" }, Cancelled);
        _world.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(Deregistration.NotOurs, Ok(await _world.DeregisterAsync(PageScope)));
        Assert.Equal(Deregistration.NotOurs, Ok(await _world.DeregisterAsync(AppScope)));
        Assert.Equal(2, (await _world.RegistrationsAsync()).All.Count);
    }

    [Fact]
    public async Task The_apps_webhook_is_read_anew_before_it_is_removed()
    {
        await _world.RegisterBothAsync();
        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
        await _world.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Url = "https://elsewhere.example/hook" }, Cancelled);

        Assert.Equal(Deregistration.NotOurs, Ok(await _world.DeregisterAsync(AppScope)));
    }

    [Fact]
    public async Task With_credentials_of_another_app_in_the_secret_nothing_of_that_app_is_removed()
    {
        await _world.RegisterBothAsync();
        await _world.Control.CreateAccountAsync(
            new AccountRequest
            {
                Provider = "Facebook",
                Id = SecondPageId,
                Token = "EAAotherAPPSpageTOKEN",
                LocalMode = true,
                Settings = new Dictionary<string, string?> { ["appId"] = "220000000000009", ["appSecret"] = "00000000000000000000000000000009" },
            },
            Cancelled);

        // The token alone, the secret alone, and both.
        Assert.NotNull((await _world.DeregisterAsync(PageScope, Account(token: "EAAotherAPPSpageTOKEN", app: null))).Failure);
        Assert.IsType<ProviderFailure.InvalidCredentials>((await _world.DeregisterAsync(PageScope, Account(secret: "00000000000000000000000000000009", app: null))).Failure);
        Assert.IsType<ProviderFailure.InvalidCredentials>(
            (await _world.DeregisterAsync(PageScope, Account(token: "EAAotherAPPSpageTOKEN", secret: "00000000000000000000000000000009", app: null))).Failure);
        Assert.Equal(0, await _world.CallsAsync("delete_subscribed_apps"));
    }

    [Fact]
    public async Task Without_the_app_id_nothing_is_visible_and_nothing_is_written()
    {
        var target = new WebhookTarget(_world.Url, new Secret(VerifyToken));
        Assert.False(Ok(await _world.ObserveAsync(target, Account(app: null))).IsVisible);
        Assert.False(Assert.IsType<ProviderFailure.Rejected>((await _world.RegisterAsync(target, Account(app: null))).Failure).Retry);
        Assert.Equal(Deregistration.NotOurs, Ok(await _world.DeregisterAsync(RegistrationScope.Account)));
        Assert.Equal(0, (await _world.Control.GetCallsAsync(cancellationToken: Cancelled)).Total);
    }

    [Fact]
    public void Only_the_owner_of_the_apps_webhook_has_something_that_cannot_be_read_back()
    {
        Secret Of(WebhookTarget target) => _world.Accounts.UnreadableSettings(Account(), target);

        Assert.NotEqual(Of(_world.AppTarget()).Reveal(), Of(_world.AppTarget(token: "another-token")).Reveal());
        Assert.Equal(Of(_world.AppTarget(owns: false)).Reveal(), Of(_world.AppTarget(owns: false, token: "another-token")).Reveal());
        Assert.Equal(Of(_world.PageTarget()).Reveal(), Of(_world.AppTarget(owns: false)).Reveal());
    }
}
